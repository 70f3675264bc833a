import { createHmac, randomUUID } from "node:crypto";
import { type OfflineRequest, writeRequest } from "../../src/license-file/write-request.ts";
import type { Reply } from "./http-client.ts";
import { START } from "./test-clock.ts";
import type { TestKey, TestVendorServer } from "./vendor-server.ts";

/** A request of machine `sk-1` for product `cad`, signed with the vendor's usual key unless another is named. */
export function writeTestRequest(
  vendor: TestVendorServer,
  fields: Partial<OfflineRequest>,
  key: TestKey = vendor.key,
): string {
  const usual = { requestId: randomUUID(), date: START, product: "cad", hardwareId: "sk-1" } as const;
  return writeRequest({ request: "activation", ...usual, ...fields }, key);
}

/** A request that holds just these fields. */
export function signRequest(fields: object, key: TestKey): string {
  const text = JSON.stringify(fields);
  const signature = createHmac("sha256", key.sharedKey).update(text).digest("base64");
  return Buffer.from(`{"request":${text},"signature":"${signature}"}`).toString("base64");
}

/** A request of schema 1, and fields that its signature does not cover. */
export function signOldRequest(
  fields: { readonly date: string; readonly license_key: string; readonly hardware_id: string },
  others: object,
  { apiKey, sharedKey }: TestKey,
): string {
  const { date, license_key, hardware_id } = fields;
  const lines = ["licenseSpring", `date: ${date}`, license_key, hardware_id, apiKey];
  const signature = createHmac("sha256", sharedKey).update(lines.join("\n")).digest("base64");
  return Buffer.from(JSON.stringify({ ...others, ...fields, api_key: apiKey, signature })).toString("base64");
}

/** Sends a request file as it is, without headers that prove anything. */
export function sendRequest(
  vendor: TestVendorServer,
  body: string | Buffer,
  path: "activate_offline" | "deactivate_offline" = "activate_offline",
  headers: Record<string, string> = {},
): Promise<Reply> {
  return vendor.send({
    method: "POST",
    path: `/api/v4/${path}`,
    body,
    headers: { "content-type": "text/plain", ...headers },
  });
}
