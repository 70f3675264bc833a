import { type DenialEpisode, DenialEpisodes, EPISODE_GAP_MS } from "../../../domain/denial-episodes.ts";
import { findFeature, type License } from "../../../domain/license.ts";
import { refuse } from "../../../domain/outcome.ts";
import { isOnDemand, LICENSE_POOL } from "../../../domain/seat.ts";
import {
  bucketsOf,
  countBuckets,
  LicenseUsage,
  type PoolUsage,
  type SeatStep,
  type Span,
} from "../../../domain/usage-series.ts";
import * as operations from "../../../management/operations/usage.ts";
import type { EventRecord, Store } from "../../../store/store.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { eventPages } from "../event-pages.ts";
import { FeatureCodes } from "../feature-codes.ts";
import type { ListView } from "../list.ts";
import type { Query } from "../list-query.ts";
import { isoTime } from "../names.ts";

const DAY_MS = 86_400_000;
const USUAL_MS = { hour: DAY_MS, day: 30 * DAY_MS, week: 26 * 7 * DAY_MS };
const MOST_BUCKETS = 1_000;

/** Usage over time, and denials. [USAGE-1] [USAGE-2] */
export function usageHandlers(context: ManagementContext): readonly Bound[] {
  const { side, store } = context;
  return [
    bind(operations.showUsage, async ({ query }) => {
      const { license: id, feature, bucket = "hour" } = query;
      const licenses = id === undefined ? await store.licenses() : await store.findLicenses({ licenseId: Number(id) });
      if (id !== undefined && licenses.length === 0) return refuse("does_not_exist", `license ${id}`);
      if (feature !== undefined && !licenses.some((each) => findFeature(each, feature) !== undefined)) {
        return refuse("does_not_exist", `feature ${feature}`);
      }
      // Seats that have run out are told of by then.
      await store.sweep();
      const current = await seatsNow(context, id);
      const to = query.to === undefined ? current.now : Math.min(Date.parse(query.to), current.now);
      const range = { from: query.from === undefined ? to - USUAL_MS[bucket] : Date.parse(query.from), to };
      if (Number.isNaN(range.from) || !(range.from < range.to)) {
        return refuse("validation_error", "from must be before to, and in the past");
      }
      if (countBuckets(range, bucket) > MOST_BUCKETS) {
        return refuse("validation_error", `from and to must be at most ${MOST_BUCKETS} buckets apart`);
      }
      const spans = id === undefined ? [range] : bucketsOf(range, bucket);
      const usage = await walkBack(store, current, licenses, spans, side === "floating");
      const pools = licenses.flatMap((license) =>
        [...(usage.get(license.id) ?? [])]
          .sort(([a], [b]) => a - b)
          .map(([featureId, pool]) => poolToWire(license, featureId, pool, id !== undefined))
          .filter((pool) => feature === undefined || pool.feature === feature),
      );
      return { from: isoTime(range.from), to: isoTime(range.to), bucket, pools };
    }),
    bindList(operations.listDenials, async ({ request }) => {
      const codes = await FeatureCodes.of(store);
      return { items: await findDenials(store, request.query as Query, codes), ...denialSource(codes) };
    }),
  ];
}

function denialSource(codes: FeatureCodes): ListView<DenialEpisode> {
  const fields: ListView<DenialEpisode>["fields"] = {
    id: ({ id }) => id,
    license: ({ licenseId }) => licenseId,
    product: ({ licenseId }) => codes.productOf(licenseId),
    feature: ({ licenseId, featureId }) => codes.codeOf(licenseId, featureId),
    holder: ({ holder }) => holder,
    first_at: ({ firstAt }) => firstAt,
    last_at: ({ lastAt }) => lastAt,
    tries: ({ tries }) => tries,
    code: ({ full }) => `${full}_full`,
    was_served_later: ({ servedAt }) => servedAt !== null,
    served_at: ({ servedAt }) => servedAt,
  };
  const times = ["first_at", "last_at", "served_at"];
  const toWire = (episode: DenialEpisode) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, of]) => {
        const value = of(episode);
        return [name, times.includes(name) ? isoTime(value as number | null) : value];
      }),
    );
  return { fields, toWire };
}

const STEPS: Readonly<Record<string, SeatStep["step"]>> = {
  seat_granted: "taken",
  seat_released: "ended",
  seat_expired: "ended",
  seat_denied: "denied",
};

/** What is in use now, as of which event. Both are asked in one go, so that nothing comes in between. */
async function seatsNow({ store, clock }: ManagementContext, id: string | undefined) {
  const [[last], seats] = await Promise.all([
    store.events(0, 1, { isNewestFirst: true }),
    store.seats(id === undefined ? undefined : Number(id)),
  ]);
  const now = Math.max(clock.wall(), last?.at ?? 0);
  return { lastEventId: last?.id ?? 0, now, seats: seats.map(({ seat }) => seat) };
}

async function walkBack(
  store: Store,
  { lastEventId, now, seats }: Awaited<ReturnType<typeof seatsNow>>,
  licenses: readonly License[],
  spans: readonly Span[],
  isFloatingServer: boolean,
): Promise<ReadonlyMap<number, ReadonlyMap<number, PoolUsage>>> {
  const seatsByLicense = Map.groupBy(
    seats.filter((seat) => !isOnDemand(seat)),
    ({ licenseId }) => licenseId,
  );
  const usage = new Map(
    licenses.map((license) => {
      const needsLicenseSeats = isFloatingServer && license.floats.onPremise;
      const current = { now, seats: seatsByLicense.get(license.id) ?? [], needsLicenseSeats };
      return [license.id, new LicenseUsage(spans, current)] as const;
    }),
  );
  const filter = {
    kinds: Object.keys(STEPS),
    licenseIds: licenses.length === 1 ? licenses.map(({ id }) => id) : undefined,
    since: spans[0]?.from,
    isNewestFirst: true,
  };
  for await (const events of eventPages(store, filter, lastEventId + 1)) {
    for (const event of events) {
      const step = stepOf(event);
      if (step !== undefined) usage.get(event.licenseId)?.back(step, event.at);
    }
  }
  return new Map([...usage].map(([licenseId, each]) => [licenseId, each.finish()]));
}

function stepOf({ kind, at, featureId, holder, data }: EventRecord): SeatStep | undefined {
  const step = STEPS[kind];
  if (step === undefined || holder === null) return undefined;
  const { endedAt = at, full } = (data === null ? {} : JSON.parse(data)) as Partial<{
    endedAt: number;
    full: "license" | "feature";
  }>;
  return { at: endedAt, step, featureId, holder, full };
}

function poolToWire(license: License, featureId: number, usage: PoolUsage, hasSeries: boolean) {
  const feature = license.features.find(({ id }) => id === featureId);
  const terms = featureId === LICENSE_POOL ? license : feature;
  const capacity = terms?.capacity ?? null;
  const { max, mean, denials, series, histogram } = usage;
  return {
    license: license.id,
    product: license.product.code,
    feature: featureId === LICENSE_POOL ? null : (feature?.code ?? String(featureId)),
    capacity,
    max,
    mean,
    denials,
    series: hasSeries
      ? series.map(({ from, to, ...span }) => ({ from: isoTime(from), to: isoTime(to), ...span, capacity }))
      : [],
    histogram,
  };
}

/** The denials that may fit a query; the list tests them. */
async function findDenials(store: Store, query: Query, codes: FeatureCodes): Promise<readonly DenialEpisode[]> {
  // Of an episode that began before, the tries within the gap are seen: enough to tell that it did.
  const earliest = Date.parse(query["first_at.gte"] ?? query["first_at"] ?? "");
  const license = Number(query["license"]);
  const filter = {
    kinds: ["seat_denied", "seat_granted"],
    licenseIds: query["license"] === undefined || Number.isNaN(license) ? undefined : [license],
    featureIds:
      query["feature"] === undefined || query["feature"] === "null" ? undefined : codes.idsOf([query["feature"]]),
    holders: query["holder"] === undefined ? undefined : [query["holder"]],
    since: Number.isNaN(earliest) ? undefined : earliest - EPISODE_GAP_MS,
  };
  const found = new DenialEpisodes();
  for await (const events of eventPages(store, filter)) {
    for (const { id, at, kind, licenseId, featureId, holder, data } of events) {
      if (holder === null) continue;
      const answer = kind === "seat_denied" ? "denied" : "granted";
      const { full } = (data === null ? {} : JSON.parse(data)) as { full?: "license" | "feature" };
      found.add({ id, at, answer, licenseId, featureId, holder, ...(full !== undefined && { full }) });
    }
  }
  return found.episodes;
}
