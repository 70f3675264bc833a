import type { ReactNode } from "react";
import { useLiveSeats } from "../../api/live-seats.ts";
import { useAll } from "../../api/queries.ts";
import { Page } from "../../parts/page.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { Holders } from "./holders.tsx";
import { Holds } from "./holds.tsx";
import { LiveLine } from "./live-line.tsx";
import { NoPools } from "./no-pools.tsx";
import { PoolCards } from "./pool-cards.tsx";

/** Who is in which seat, as it happens. */
export function LiveSeatsPage(): ReactNode {
  const live = useLiveSeats();
  // What is asked once the stream has begun misses nothing.
  const hasBegun = live !== "connecting";
  const pools = useAll("pool list", {}, { enabled: hasBegun });
  return (
    <Page
      title="Live seats"
      about="How full each pool is, and who is in its seats."
      actions={<LiveLine state={live} />}
    >
      <WhenLoaded query={pools}>
        {(all) =>
          all.length === 0 ? (
            <NoPools />
          ) : (
            <>
              <PoolCards pools={all} />
              <Holders pools={all} isAsked={hasBegun} />
              <Holds />
            </>
          )
        }
      </WhenLoaded>
    </Page>
  );
}
