import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useLiveSeats } from "../../api/live-seats.ts";
import type { ItemOf } from "../../api/operation.ts";
import { useReply } from "../../api/queries.ts";
import { useSession } from "../../app/session.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { Filter } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { ReleaseDialog } from "../../parts/release-dialog.tsx";
import { SeatBar } from "../../parts/seat-bar.tsx";
import { poolName } from "../../parts/seat-names.ts";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { duration } from "../../parts/times.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { holderColumns, type Seat } from "../seats/holder-columns.tsx";
import { LiveLine } from "../seats/live-line.tsx";
import type { License } from "./license-state.tsx";

type Pool = ItemOf<"pool list">;

/** Renewals are no change of a pool, and nobody tells of them. */
const RENEWALS_EVERY_MS = 10_000;

const filters: readonly Filter[] = [
  { kind: "contains", field: "holder", label: "Holder" },
  { kind: "contains", field: "feature", label: "Feature" },
];

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
              <LiveLine state={live} />
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to="/seats" search={{ license: String(license.id) } as never} {...props} />
                )}
              >
                Seen with others on the page Live seats
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
  const name = poolName(pool.feature);
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

function Holders({ license }: { readonly license: number }) {
  const [released, setReleased] = useState<Seat>();
  // All of them are of one product.
  const columns = useMemo(() => holderColumns(setReleased).filter(({ field }) => field !== "product"), []);
  return (
    <>
      <ListView
        operation="seat list"
        label="Holders"
        query={{ license: String(license) }}
        columns={columns}
        filters={filters}
        order="taken_at"
        everyMs={RENEWALS_EVERY_MS}
        rowKey={({ id }) => id}
        empty={<EmptyState title="No seat is in use">Holders are seen here as soon as they check out.</EmptyState>}
      />
      {released !== undefined && <ReleaseDialog seats={[released]} onClose={() => setReleased(undefined)} />}
    </>
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
