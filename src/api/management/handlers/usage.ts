import { DAY_MS } from "../../../domain/instant.ts";
import { findFeature, type License } from "../../../domain/license.ts";
import { refuse } from "../../../domain/outcome.ts";
import { LICENSE_POOL } from "../../../domain/seat.ts";
import { countBuckets, type PoolUsage } from "../../../domain/usage-series.ts";
import * as operations from "../../../management/operations/usage.ts";
import { rebuildUsage } from "../../../use-cases/usage/roll-up-usage.ts";
import { usageNow, usageOverTime } from "../../../use-cases/usage/usage-over-time.ts";
import { type Bound, bind } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { isoTime } from "../names.ts";

const USUAL_MS = { hour: DAY_MS, day: 30 * DAY_MS, week: 26 * 7 * DAY_MS };
const MOST_BUCKETS = 1_000;

/** Usage over time. [USAGE-1] [USAGE-3] */
export function usageHandlers({ side, store }: ManagementContext): readonly Bound[] {
  const needsLicenseSeats = side === "floating";
  return [
    bind(operations.showUsage, async ({ query }) => {
      const { license: id, feature, bucket = "hour" } = query;
      const licenses = id === undefined ? await store.licenses() : await store.findLicenses({ licenseId: Number(id) });
      if (id !== undefined && licenses.length === 0) return refuse("does_not_exist", `license: license ${id}`);
      if (feature !== undefined && !licenses.some((each) => findFeature(each, feature) !== undefined)) {
        return refuse("does_not_exist", `feature: feature ${feature}`);
      }
      const current = await usageNow(store, id === undefined ? undefined : Number(id));
      const { now } = current.told;
      const to = query.to === undefined ? now : Math.min(Date.parse(query.to), now);
      const asked = { from: query.from === undefined ? to - USUAL_MS[bucket] : Date.parse(query.from), to };
      if (Number.isNaN(asked.from) || !(asked.from < asked.to)) {
        return refuse("validation_error", "from must be before to, and in the past");
      }
      if (countBuckets(asked, bucket) > MOST_BUCKETS) {
        return refuse("validation_error", `from and to must be at most ${MOST_BUCKETS} buckets apart`);
      }
      const hasSeries = id !== undefined;
      const question = { licenses, range: asked, bucket, hasSeries, needsLicenseSeats };
      const { range, pools: usage } = await usageOverTime(store, current, question);
      const pools = licenses.flatMap((license) =>
        [...(usage.get(license.id) ?? [])]
          .sort(([a], [b]) => a - b)
          .map(([featureId, pool]) => poolToWire(license, featureId, pool, hasSeries))
          .filter((pool) => feature === undefined || pool.feature === feature),
      );
      return { from: isoTime(range.from), to: isoTime(range.to), bucket, pools };
    }),
    bind(operations.rebuildUsage, async () => {
      const { events, spans, until } = await rebuildUsage(store, { needsLicenseSeats });
      return { events, spans, until: isoTime(until) };
    }),
  ];
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
