import { decideOfflineActivation, offlineRequest } from "../../../domain/offline-request.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode, refuse } from "../../../domain/outcome.ts";
import { encodeFile, type SignedObject, signAnswer } from "../../../license-file/write-license-file.ts";
import { licenseeOf, showDeviceLicense } from "../devices/show-device-license.ts";
import { provePassword } from "../people/prove-password.ts";
import { licenseOf } from "./license-of.ts";
import type { OfflineContext } from "./offline-context.ts";
import type { ProvenRequest } from "./prove-request.ts";

export interface RequestAnswer {
  /** What the License API answers with. */
  readonly object: SignedObject;
  /** The same as the text of a `.lic` file. */
  readonly file: string;
}

/** Activates the device that an activation request is of, and answers it with a license file. [FILE-1] [FILE-8] */
export async function answerRequest(
  context: OfflineContext,
  { file: { id }, content, asker }: ProvenRequest,
): Promise<RequestAnswer | Refusal<RefusalCode | DeviceRefusalCode>> {
  const license = licenseOf(content);
  const unproven = await provePassword(context, license, content.password);
  if (unproven !== undefined) return unproven;
  const { hardwareId, requestId } = content;
  const product = { kind: "product", field: "code", value: license.product } as const;
  const scope = {
    license,
    device: hardwareId,
    everyDevice: license.username !== undefined,
    records: [product, offlineRequest(id)],
  };
  const outcome = await context.store.transact(scope, (view) =>
    decideOfflineActivation(view, view.records.get(product), content, {
      requestId: id,
      product: license.product,
      hardwareId,
    }),
  );
  if (isRefusal(outcome)) return outcome;
  const shown = await showDeviceLicense(context, outcome.license, hardwareId);
  if (shown === undefined) return refuse("license_not_found");
  const object = await signAnswer(
    {
      license: await context.activationObject(shown),
      licensee: licenseeOf(shown),
      requestId,
      hardwareId,
      date: outcome.at,
    },
    context.keys.signer,
    asker,
  );
  return { object, file: encodeFile(object) };
}
