import { requestBody } from "./load/floating-request.ts";
import { CHECK_FEATURE, REGISTER, RELEASE, RELEASE_FEATURE } from "./load/lane.ts";
import { licenseFields } from "./load/license-fields.ts";
import { Authorization, licenseTarget } from "./load/license-request.ts";
import type { Application } from "./load/load.ts";
import type { Pools } from "./pools.ts";

/** What the real server answers to one request: the bare servers answer the same. */
export interface SampleReply {
  readonly body: string;
  /** The reply's `LicenseSignature`, where it has one. */
  readonly signature?: string;
}

/** Replies by path. */
export type SampleReplies = Readonly<Record<string, SampleReply>>;

/** A check-out and a release on a Floating Server that is running. */
export async function askFloatingServer(port: number, { firstLicenseId }: Pools): Promise<SampleReplies> {
  const body = JSON.stringify(requestBody(firstLicenseId, 0, "999999999"));
  const replies: Record<string, SampleReply> = {};
  for (const path of [REGISTER, RELEASE]) replies[path] = await ask(port, "POST", path, {}, body);
  return replies;
}

/** The same on a License API, by the device that comes last. */
export async function askLicenseApi(
  port: number,
  { firstLicenseId }: Pools,
  application: Application,
): Promise<SampleReplies> {
  const fields = licenseFields(firstLicenseId, 0, application.devices - 1);
  const headers = new Authorization(application).headers();
  const replies: Record<string, SampleReply> = {};
  for (const route of [CHECK_FEATURE, RELEASE_FEATURE]) {
    const { target, body } = licenseTarget(route, fields);
    replies[route[1]] = await ask(port, route[0], target, headers, body);
  }
  return replies;
}

async function ask(
  port: number,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Promise<SampleReply> {
  const reply = await fetch(`http://127.0.0.1:${port}${target}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== undefined && { body }),
  });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${target} answers ${reply.status} ${text}`);
  const signature = reply.headers.get("licensesignature");
  return { body: text, ...(signature !== null && { signature }) };
}
