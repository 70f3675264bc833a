import { type Counter, counterAt, overageLimit, periodEnd } from "../../../domain/counter.ts";
import type { ConsumptionTerms, License } from "../../../domain/license.ts";
import { LICENSE_POOL } from "../../../domain/seat.ts";
import * as operations from "../../../management/operations/counters.ts";
import type { Store } from "../../../store/store.ts";
import { type Bound, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import type { ListView } from "../list.ts";
import { isoTime } from "../names.ts";

interface ShownCounter {
  readonly license: License;
  /** Null is the license's own counter. */
  readonly feature: string | null;
  readonly terms: ConsumptionTerms;
  /** As it stands now. */
  readonly counter: Counter;
  readonly resetsAt: number | null;
}

/** What is consumed. A period that has passed counts no more, whether or not anything was consumed since. [CONS-5] */
export function counterHandlers({ store }: ManagementContext): readonly Bound[] {
  return [bindList(operations.listCounters, async () => ({ items: await findCounters(store), ...view }))];
}

/** License by license; those without a meter are not looked into. */
async function findCounters(store: Store): Promise<readonly ShownCounter[]> {
  const found: ShownCounter[] = [];
  for (const license of await store.licenses()) {
    const metered = [{ id: LICENSE_POOL, code: null, consumption: license.consumption }, ...license.features].filter(
      ({ consumption }) => consumption !== null,
    );
    const usage = metered.length === 0 ? undefined : await store.usage(license.id);
    if (usage === undefined) continue;
    for (const { id: featureId, code: feature, consumption: terms } of metered) {
      if (terms === null) continue;
      const key = { licenseId: license.id, featureId };
      const counter = counterAt(usage.counters.get(featureId), key, terms, usage.now);
      const resetsAt = terms.resets === null ? null : periodEnd(terms.resets, usage.now);
      found.push({ license, feature, terms, counter, resetsAt });
    }
  }
  return found;
}

const view: ListView<ShownCounter> = {
  fields: {
    id: idOf,
    license: ({ license }) => license.id,
    license_key: ({ license }) => license.details.key,
    product: ({ license }) => license.product.code,
    feature: ({ feature }) => feature,
    consumed: consumedOf,
    max_consumptions: ({ terms }) => terms.max,
    consumption_resets: ({ terms }) => terms.resets,
    resets_at: ({ resetsAt }) => resetsAt,
  },
  toWire: (shown) => {
    const { license, feature, terms, counter, resetsAt } = shown;
    const beyond = overageLimit(terms, counter);
    return {
      id: idOf(shown),
      license: license.id,
      license_key: license.details.key,
      product: license.product.code,
      feature,
      consumed: consumedOf(shown),
      max_consumptions: terms.max,
      unlimited_consumptions: terms.unlimited,
      most_overages: Number.isFinite(beyond) ? beyond : null,
      consumption_resets: terms.resets,
      resets_at: isoTime(resetsAt),
    };
  },
};

function idOf({ counter: { licenseId, featureId } }: ShownCounter): string {
  return `${licenseId}-${featureId}`;
}

/** A total that an old vendor's file began below zero is none. */
function consumedOf({ counter: { total } }: ShownCounter): number {
  return Math.max(0, total);
}
