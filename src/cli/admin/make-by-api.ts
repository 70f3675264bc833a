import type { SetupFile } from "../../sides/setup-file.ts";
import { CommandFailure } from "../command-failure.ts";
import { ManagementClient } from "../management/api-client.ts";
import { startSession } from "../session/start-session.ts";
import { firstIsAdmin } from "./make-offline.ts";
import type { Made, Wish } from "./new-admin.ts";

/** Makes another admin of a running server. @param client of an admin @throws CommandFailure */
export async function makeByApi(client: ManagementClient, { newToken, ...wish }: Wish): Promise<Made> {
  const { name, password, role } = wish;
  const { body: admin } = await client.request("POST", "/admins", { body: { name, password, role } });
  if (newToken === undefined) return { admin, token: null };
  const { body: token } = await client.request("POST", "/tokens", { body: { name: newToken, role } });
  return { admin, token };
}

/**
 * Makes the first admin of a server that runs on this machine, by its one-time token. [ADMIN-2]
 *
 * @returns undefined where no server answers: it was killed, and its file was left behind
 * @throws CommandFailure
 */
export async function makeBySetup({ url, token }: SetupFile, wish: Wish): Promise<Made | undefined> {
  const { name, password, role, newToken } = wish;
  if (role !== "admin") throw firstIsAdmin();
  const nobody = new ManagementClient({ url, headers: {} });
  try {
    await nobody.request("GET", "/session");
  } catch (error) {
    if (error instanceof CommandFailure && error.exitCode === 4) return undefined;
  }
  const { body: admin } = await nobody.request("POST", "/setup", { body: { token, name, password } });
  if (newToken === undefined) return { admin, token: null };
  // The token is made by the admin, as in a browser.
  const { client } = await startSession(url, name, password);
  const { body: made } = await client.request("POST", "/tokens", { body: { name: newToken, role } });
  await client.request("DELETE", "/session");
  return { admin, token: made };
}
