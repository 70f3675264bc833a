import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useLiveSeats } from "../../api/live.ts";
import type { ItemOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { SeatBar } from "../../parts/seat-bar.tsx";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { duration, FromNow } from "../../parts/times.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import type { License } from "./license-state.tsx";

type Pool = ItemOf<"pool list">;
type Seat = ItemOf<"seat list">;

/** How full the pools of a license are, and who is in their seats. */
export function SeatsTab({ license }: { readonly license: License }) {
  const live = useLiveSeats();
  const pools = useReply("pool list", { query: { license: String(license.id), limit: "500" } });
  return (
    <WhenLoaded query={pools}>
      {({ reply: { data } }) =>
        data.length === 0 ? (
          <NoPools license={license} />
        ) : (
          <Stack>
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {live === "polling" ? "Asking every 2 seconds" : "Live"}
              </Text>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to="/seats" search={{ license: String(license.id) } as never} {...props} />
                )}
              >
                Release seats on the page Live seats
              </Anchor>
            </Group>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {data.map((pool) => (
                <PoolCard key={pool.id} pool={pool} />
              ))}
            </SimpleGrid>
            <Title order={2} size="h4">
              Holders
            </Title>
            <Holders license={license.id} />
          </Stack>
        )
      }
    </WhenLoaded>
  );
}

function PoolCard({ pool }: { readonly pool: Pool }) {
  const name = pool.feature ?? "License seats";
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5">
        {name}
      </Title>
      <SeatBar inUse={pool.in_use} seats={pool.seats} label={name} />
      <Text size="sm" c="dimmed">
        Timeout {duration(pool.timeout_seconds)} · {pool.can_borrow ? "may be borrowed" : "no borrowing"}
      </Text>
    </Paper>
  );
}

const columns: readonly Column<Seat>[] = [
  { field: "holder", label: "Holder", render: ({ holder }) => holder },
  { field: "feature", label: "Feature", render: ({ feature }) => feature ?? "license seat" },
  { field: "hostname", label: "Host", render: ({ hostname }) => hostname },
  { field: "taken_at", label: "Since", width: 140, render: ({ taken_at }) => <FromNow iso={taken_at} /> },
  { field: "heard_at", label: "Last heard", width: 140, render: ({ heard_at }) => <FromNow iso={heard_at} /> },
  { field: "ends_at", label: "Ends", width: 140, render: ({ ends_at }) => <FromNow iso={ends_at} /> },
  {
    field: "borrowed_until",
    label: "Borrowed until",
    width: 140,
    render: ({ borrowed_until }) => <FromNow iso={borrowed_until} none="–" />,
  },
];

function Holders({ license }: { readonly license: number }) {
  return (
    <ListView
      operation="seat list"
      label="Holders"
      query={{ license: String(license) }}
      columns={columns}
      filters={[
        { kind: "contains", field: "holder", label: "Holder" },
        { kind: "contains", field: "feature", label: "Feature" },
      ]}
      rowKey={({ id }) => id}
      empty={<EmptyState title="No seat is in use">Holders are seen here as soon as they check out.</EmptyState>}
    />
  );
}

/** Why there are none to be seen here. */
function NoPools({ license }: { readonly license: License }) {
  const isVendor = useSession().side === "vendor";
  const elsewhere = [license, ...license.features].some(isFloating);
  if (elsewhere) {
    return (
      <EmptyState title="Its seats are handed out elsewhere">
        {isVendor
          ? "They float offline: the customer's floating server hands them out, and shows who is in them."
          : "They float in the cloud: the vendor's server hands them out."}
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing of it floats">
      A license has seats where it, or one of its features, floats.
      {isVendor && " Change a feature on the tab Features, or the license's own terms."}
    </EmptyState>
  );
}
