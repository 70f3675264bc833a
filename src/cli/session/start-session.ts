import type { Side } from "../../management/operation.ts";
import { ManagementClient } from "../management/api-client.ts";
import { headersOf } from "../management/connection.ts";

export interface StartedSession {
  readonly side: Side;
  readonly name: string;
  readonly role: string;
  readonly cookie: string;
  readonly csrf_token: string;
}

/** Logs in as a browser does. @returns the session, and a client that shows it @throws CommandFailure */
export async function startSession(url: string, name: string, password: string | undefined) {
  const nobody = new ManagementClient({ url, headers: {} });
  const { headers, body } = await nobody.request("POST", "/session", { body: { name, password } });
  const cookies = headers.getSetCookie().map((each) => each.split(";", 1)[0] ?? "");
  const cookie = cookies.filter((each) => each.startsWith("seatkeeper_")).join("; ");
  const session: StartedSession = { ...body, cookie };
  return { session, client: new ManagementClient({ url, headers: headersOf(session) }) };
}
