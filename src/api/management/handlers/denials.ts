import { type DenialEpisode, EPISODE_GAP_MS } from "../../../domain/denial-episodes.ts";
import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/usage.ts";
import { findDenials } from "../../../use-cases/usage/find-denials.ts";
import { showDenial } from "../../../use-cases/usage/show-denial.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { FeatureCodes } from "../feature-codes.ts";
import type { ListView } from "../list.ts";
import type { Query } from "../list-query.ts";
import { isoTime } from "../names.ts";

/** Who was refused a seat. [USAGE-2] [USAGE-6] */
export function denialHandlers({ side, store }: ManagementContext): readonly Bound[] {
  return [
    bindList(operations.listDenials, async ({ request }) => {
      const codes = await FeatureCodes.of(store);
      return { items: await findDenials(store, filterOf(request.query as Query, codes)), ...denialView(codes) };
    }),
    bind(operations.showDenial, async ({ params: { denial: id } }) => {
      const denial = await showDenial(store, id, side === "floating");
      if (denial === undefined) return refuse("does_not_exist", `denial ${id}`);
      const { episode, capacity, wouldHaveNeeded, holders } = denial;
      return {
        ...denialView(await FeatureCodes.of(store)).toWire(episode),
        capacity,
        would_have_needed: wouldHaveNeeded,
        holders: holders.slice(0, operations.MOST_HOLDERS),
        holders_total: holders.length,
      };
    }),
  ];
}

function denialView(codes: FeatureCodes): ListView<DenialEpisode> {
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

/** The events of denials that may fit a query; the list tests them. */
function filterOf(query: Query, codes: FeatureCodes) {
  // Of an episode that began before, the tries within the gap are seen: enough to tell that it did.
  const earliest = Date.parse(query["first_at.gte"] ?? query["first_at"] ?? "");
  const license = Number(query["license"]);
  return {
    licenseIds: query["license"] === undefined || Number.isNaN(license) ? undefined : [license],
    featureIds:
      query["feature"] === undefined || query["feature"] === "null" ? undefined : codes.idsOf([query["feature"]]),
    holders: query["holder"] === undefined ? undefined : [query["holder"]],
    since: Number.isNaN(earliest) ? undefined : earliest - EPISODE_GAP_MS,
  };
}
