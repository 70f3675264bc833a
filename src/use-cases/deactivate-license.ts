import { randomUUID } from "node:crypto";
import { countedHere, decideLicenseDeactivation } from "../domain/deactivate-license.ts";
import type { View } from "../domain/decision.ts";
import type { License } from "../domain/license.ts";
import { isRefusal, refuse } from "../domain/outcome.ts";
import { type RequestKeys, writeRequest } from "../license-file/write-request.ts";
import {
  describeMachine,
  NO_CREDENTIALS,
  type RequestContext,
  type WishRefusal,
  type WrittenRequest,
} from "./write-request.ts";

/**
 * Gives a license back to its vendor: it stops being served at once, its seats end, and files of before are not taken
 * any more; all in one commit, which keeps the deactivation request as well. [FILE-9]
 *
 * @param username of a license of a user-based product, which files do not tell
 */
export async function deactivateLicense(
  { store, hardwareId, credentials }: RequestContext,
  licenseId: number,
  username?: string,
): Promise<WrittenRequest | WishRefusal> {
  if (credentials === undefined) return NO_CREDENTIALS;
  const [license] = await store.findLicenses({ licenseId });
  if (license === undefined) return refuse("license_not_found");
  if (license.details.key === null && username === undefined) return refuse("missing_parameters", "username");
  const requestId = randomUUID();
  const scope = { license: { licenseId }, everySeat: true, everyRecord: ["offline_request"] } as const;
  const written = await store.transact(scope, (view) => {
    const file =
      view.license === undefined ? "" : write(view, view.license, { requestId, hardwareId, username }, credentials);
    const product = view.license?.product.code ?? "";
    const { outcome, ...decision } = decideLicenseDeactivation(view, { requestId, product, hardwareId, file });
    return { ...decision, outcome: isRefusal(outcome) ? outcome : { requestId, file } };
  });
  return isRefusal(written) ? refuse("license_not_found") : written;
}

/** The deactivation requests that were written for a license, the newest last: a file that got lost is still there. */
export async function deactivationRequests(
  { store }: Pick<RequestContext, "store">,
  licenseId: number,
): Promise<readonly WrittenRequest[]> {
  const requests = await store.records("offline_request");
  return requests
    .filter((request) => request.kind === "deactivation" && request.licenseId === licenseId)
    .map(({ requestId, file = "" }) => ({ requestId, file }));
}

function write(
  view: View,
  license: License,
  asker: { readonly requestId: string; readonly hardwareId: string; readonly username: string | undefined },
  credentials: RequestKeys,
): string {
  const { requestId, hardwareId, username } = asker;
  const { key } = license.details;
  const counted = countedHere(view, license);
  return writeRequest(
    {
      request: "deactivation",
      requestId,
      date: view.now,
      product: license.product.code,
      hardwareId,
      licenseId: license.id,
      licenseKey: key ?? undefined,
      username: key === null ? username : undefined,
      consumptions: counted.license === 0 ? undefined : counted.license,
      productFeatures: counted.features.map(({ code, amount }) => ({ code, consumptions: amount })),
      ...describeMachine(),
    },
    credentials,
  );
}
