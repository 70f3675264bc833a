import { type Activated, type Activation, decideActivation, decideDeactivation } from "./activation.ts";
import { addToFeature } from "./consume.ts";
import type { OfflineRequest } from "./credential.ts";
import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { Instant } from "./instant.ts";
import { findFeature } from "./license.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode, refuse } from "./outcome.ts";
import type { VendorProduct } from "./product.ts";
import type { RecordRef } from "./records.ts";
import type { Released } from "./release.ts";
import { LICENSE_POOL } from "./seat.ts";

/*
 * The vendor's decisions about requests that come as files. Each is answered once, and the record that says so is in
 * the commit of the answer itself. [FILE-8]
 */

/** A request that is to be answered. */
export type Asked = Pick<OfflineRequest, "requestId" | "product" | "hardwareId">;

export interface OfflineActivated extends Activated {
  /** The date of the answer. */
  readonly at: Instant;
}

/** What a device has used of a feature and not reported yet. */
export interface FeatureUsed {
  readonly code: string;
  readonly amount: number;
}

type OfflineRefusal = Refusal<RefusalCode | DeviceRefusalCode>;

/** Names the record of a request; the scope of every decision here has it. */
export function offlineRequest(requestId: string): RecordRef<"offline_request"> {
  return { kind: "offline_request", field: "requestId", value: requestId };
}

/** Binds a device to a license as its request asks. A request that was refused may be sent again. */
export function decideOfflineActivation(
  view: View,
  product: VendorProduct | undefined,
  wish: Activation,
  asked: Asked,
): Decision<OfflineActivated | OfflineRefusal> {
  if (isAnswered(view, asked)) return unchanged(refuse("offline_request_reused"));
  const { outcome, ...decision } = decideActivation(view, product, wish);
  if (isRefusal(outcome)) return { ...decision, outcome };
  return withRecord(view, asked, "activation", outcome.license.id, {
    ...decision,
    outcome: { ...outcome, at: view.now },
  });
}

/** Takes a device off its license as its request asks, after adding what it has used. [FILE-9] [DEV-4] */
export function decideOfflineDeactivation(
  view: View,
  asked: Asked,
  consumptions: number,
  features: readonly FeatureUsed[],
): Decision<Released | OfflineRefusal> {
  if (isAnswered(view, asked)) return unchanged(refuse("offline_request_reused"));
  const released = decideDeactivation(view, consumptions);
  const { license } = view;
  if (isRefusal(released.outcome) || license === undefined) return released;
  const added = features.map(({ code, amount }) => {
    const feature = findFeature(license, code);
    if (feature === undefined) return unchanged(refuse("invalid_license_feature_code", code));
    return addToFeature(view, license, feature, { amount, user: asked.hardwareId });
  });
  for (const decision of added) {
    if (isRefusal(decision.outcome)) return { ...decision, outcome: decision.outcome as Refusal };
  }
  return withRecord(view, asked, "deactivation", license.id, {
    outcome: released.outcome,
    changes: [...added.flatMap(({ changes }) => changes), ...released.changes],
    events: [...added.flatMap(({ events }) => events), ...released.events],
  });
}

function isAnswered(view: View, { requestId }: Asked): boolean {
  return view.records.get(offlineRequest(requestId)) !== undefined;
}

function withRecord<Outcome>(
  view: View,
  asked: Asked,
  kind: OfflineRequest["kind"],
  licenseId: number,
  { outcome, changes, events }: Decision<Outcome>,
): Decision<Outcome> {
  const record: OfflineRequest = {
    id: view.nextIds.offline_request,
    ...asked,
    kind,
    licenseId,
    at: view.now,
    isClosed: true,
  };
  return {
    outcome,
    changes: [...changes, { change: "put_record", kind: "offline_request", record }],
    events: [
      ...events,
      {
        kind: "record_created",
        licenseId,
        featureId: LICENSE_POOL,
        data: { record: "offline_request", id: record.id, after: { ...record } },
      },
    ],
  };
}
