import { counterAt } from "./counter.ts";
import type { OfflineRequest } from "./credential.ts";
import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { ConsumptionTerms, License } from "./license.ts";
import { type Refusal, refuse } from "./outcome.ts";
import { endSeats } from "./release.ts";
import { isOpen, type NewRequest, requestEvent } from "./request-license.ts";
import { LICENSE_POOL } from "./seat.ts";

/** What was counted on this side and the vendor does not know of. */
export interface CountedHere {
  readonly license: number;
  /** Of features, by their codes; those that counted nothing are left out. */
  readonly features: readonly { readonly code: string; readonly amount: number }[];
}

/** A deactivation request, and its text, which must not be lost with the license. */
export interface DeactivationRequest extends NewRequest {
  readonly file: string;
}

/**
 * Gives a license of a floating server back: it and its seats are gone, and files of before are not taken any more.
 * The view shows every seat and every request. [FILE-9]
 *
 * Requests for the product that still wait are closed as well: the vendor may have answered them before it learns of
 * this, and a file that brings a license back which was given back would be one too many.
 */
export function decideLicenseDeactivation(view: View, request: DeactivationRequest): Decision<License | Refusal> {
  const { license } = view;
  if (license === undefined) return unchanged(refuse("license_not_found"));
  const ended = endSeats(view, view.seats, view.seats);
  const overtaken = view.records
    .every("offline_request")
    .filter((each) =>
      isOpen(each)
        ? each.product === license.product.code
        : each.kind === "activation" && each.licenseId === license.id,
    );
  const record: OfflineRequest = {
    ...request,
    id: view.nextIds.offline_request,
    kind: "deactivation",
    licenseId: license.id,
    at: view.now,
    isClosed: true,
  };
  return {
    outcome: license,
    changes: [
      ...ended.changes,
      { change: "remove_license", licenseId: license.id },
      ...overtaken.map((each): Change => put({ ...each, licenseId: null, isClosed: true })),
      put(record),
    ],
    events: [
      ...ended.events,
      requestEvent(record),
      {
        kind: "license_removed",
        licenseId: license.id,
        featureId: LICENSE_POOL,
        data: { product: license.product.code, requestId: request.requestId },
      },
    ],
  };
}

/**
 * What counters have gone up by since the license came. Of one that has started again at 0 in the meantime it is what
 * is beyond the total it came with: less than was used, never more.
 */
export function countedHere(view: View, license: License): CountedHere {
  const amount = (featureId: number, terms: ConsumptionTerms | null): number => {
    if (terms === null) return 0;
    const key = { licenseId: license.id, featureId };
    const { total } = counterAt(view.counters.get(featureId), key, terms, view.now);
    const grown = total - terms.initialTotal;
    return terms.resets === null ? grown : Math.max(0, grown);
  };
  const features = license.features.map(({ id, code, consumption }) => ({ code, amount: amount(id, consumption) }));
  return { license: amount(LICENSE_POOL, license.consumption), features: features.filter((each) => each.amount !== 0) };
}

function put(record: OfflineRequest): Change {
  return { change: "put_record", kind: "offline_request", record };
}
