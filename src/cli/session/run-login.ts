import { hostname } from "node:os";
import { CommandFailure } from "../command-failure.ts";
import { ManagementClient } from "../management/api-client.ts";
import { findConnection, originOf } from "../management/connection.ts";
import { type Profile, readProfiles, writeProfiles } from "../management/profiles.ts";
import { ask } from "../management/prompt.ts";
import { readBytes, readPassword } from "../management/read-input.ts";
import { visible } from "../management/visible.ts";
import type { LoginFlags } from "./login.ts";
import { startSession } from "./start-session.ts";

/** How long a token lasts that a login makes, in days. */
const TOKEN_DAYS = 90;

/** @throws CommandFailure `denied` where the server does not let in */
export async function runLogin(flags: LoginFlags): Promise<void> {
  const before = readProfiles();
  const known = flags.profile === undefined ? undefined : before.profiles[flags.profile];
  // The environment's token is for commands, unless one is to be kept that nobody names otherwise.
  const given = flags.token ?? (flags.name === undefined ? process.env["SEATKEEPER_TOKEN"] || undefined : undefined);
  const url = flags.url ?? (process.env["SEATKEEPER_URL"] || undefined) ?? known?.url;
  const origin = url === undefined ? findConnection({ token: "none" }).url : originOf(url);
  const token = given === "-" ? (await readBytes("-")).toString("utf8").trim() : given;
  const profile = token === undefined ? await byPassword(origin, flags) : await byToken(origin, token);
  const name = flags.profile ?? profile.side;
  const replaced = before.profiles[name];
  writeProfiles({ current: name, profiles: { ...before.profiles, [name]: profile } });
  if (replaced?.token_id !== undefined && replaced.url === origin) await revokeQuietly(profile, replaced.token_id);
  const kept = profile.token_id === undefined ? "" : `, with an API token for ${TOKEN_DAYS} days`;
  const called = name === profile.side ? "" : ` as the profile ${visible(name)}`;
  process.stdout.write(
    `Logged in to the ${profile.side} server at ${origin} as ${visible(profile.name)}${kept}${called}.\n`,
  );
}

async function byToken(url: string, token: string): Promise<Profile> {
  if (!/^[\w~+/.-]+=*$/.test(token)) throw new CommandFailure("usage", "--token must be the text of an API token");
  const client = new ManagementClient({ url, headers: { authorization: `Bearer ${token}` } });
  const { body } = await client.request("GET", "/session");
  return { url, side: body.side, name: body.name, token };
}

async function byPassword(url: string, flags: LoginFlags): Promise<Profile> {
  if (flags.name === undefined && !process.stdin.isTTY) {
    throw new CommandFailure("usage", "--name and --password-file, or --token, are needed where nobody can be asked");
  }
  const name = flags.name ?? (await ask("Name: "));
  const password = await readPassword(flags["password-stdin"] === true ? "-" : flags["password-file"]);
  const { session, client } = await startSession(url, name, password);
  const { side, role, cookie, csrf_token } = session;
  if (role !== "admin") return { url, side, name: session.name, cookie, csrf_token };
  const expires_at = new Date(Date.now() + TOKEN_DAYS * 86_400_000).toISOString();
  const { body } = await client.request("POST", "/tokens", {
    body: { name: `login of ${name} at ${hostname()}`.slice(0, 255), role, expires_at },
  });
  await client.request("DELETE", "/session").catch(() => {});
  return { url, side, name: session.name, token: body.token, token_id: body.id };
}

/** The token of an earlier login is of no use any more. */
async function revokeQuietly({ url, token }: Profile, id: number): Promise<void> {
  if (token === undefined) return;
  const client = new ManagementClient({ url, headers: { authorization: `Bearer ${token}` } });
  await client.request("DELETE", `/tokens/${id}`).catch(() => {});
}
