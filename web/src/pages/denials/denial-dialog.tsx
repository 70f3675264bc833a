import { List, Modal, Stack, Text, Title } from "@mantine/core";
import type { ReplyOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { poolOfProduct } from "../../parts/seat-names.ts";
import { FullTime } from "../../parts/times.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";

/** One denial: who was in the seats when it began, and how many would have been enough. */
export function DenialDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const given = { params: { denial: id } };
  const denial = useReply("denial show", given);
  return (
    <Modal opened onClose={onClose} title="Denial" size="lg">
      <WhenLoaded query={denial}>
        {({ reply }) => (
          <Stack>
            <KeyValues
              rows={[
                ["Holder", reply.holder],
                ["Pool", poolOfProduct(reply)],
                ["First try", <FullTime key="first" iso={reply.first_at} />],
                ["Last try", <FullTime key="last" iso={reply.last_at} />],
                ["Tries", reply.tries],
                ["Seats then", reply.capacity],
                ["Would have needed", reply.would_have_needed],
                ["Served", <FullTime key="served" iso={reply.served_at} none="not yet" />],
              ]}
            />
            <Holders denial={reply} />
            <CommandHint operation="denial show" given={given} />
          </Stack>
        )}
      </WhenLoaded>
    </Modal>
  );
}

function Holders({ denial: { holders, holders_total } }: { readonly denial: ReplyOf<"denial show"> }) {
  return (
    <div>
      <Title order={3} size="h5">
        In the seats when it began
      </Title>
      {holders.length === 0 ? (
        <Text size="sm">Nobody: the seats were held back, or there were none.</Text>
      ) : (
        <List size="sm">
          {holders.map((holder) => (
            <List.Item key={holder}>{holder}</List.Item>
          ))}
        </List>
      )}
      {holders_total > holders.length && <Text size="sm">and {holders_total - holders.length} more</Text>}
    </div>
  );
}
