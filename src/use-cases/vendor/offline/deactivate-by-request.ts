import { decideOfflineDeactivation, offlineRequest } from "../../../domain/offline-request.ts";
import type { DeviceRefusalCode, Refusal, RefusalCode } from "../../../domain/outcome.ts";
import type { Released } from "../../../domain/release.ts";
import type { VendorContext } from "../vendor-context.ts";
import { licenseOf } from "./license-of.ts";
import type { ProvenRequest } from "./prove-request.ts";

/** Takes the device that a deactivation request is of off its license. [FILE-9] */
export function deactivateByRequest(
  { store }: VendorContext,
  { file: { id }, content }: ProvenRequest,
): Promise<Released | Refusal<RefusalCode | DeviceRefusalCode>> {
  const { product, hardwareId, consumptions, featureConsumptions } = content;
  const scope = {
    license: licenseOf(content),
    device: hardwareId,
    holder: hardwareId,
    records: [offlineRequest(id)],
  };
  const asked = { requestId: id, product, hardwareId };
  return store.transact(scope, (view) => decideOfflineDeactivation(view, asked, consumptions, featureConsumptions));
}
