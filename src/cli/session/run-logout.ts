import { CommandFailure } from "../command-failure.ts";
import { ManagementClient } from "../management/api-client.ts";
import { headersOf } from "../management/connection.ts";
import { type Profile, readProfiles, writeProfiles } from "../management/profiles.ts";
import { visible } from "../management/visible.ts";
import type { LogoutFlags } from "./logout.ts";

/** @throws CommandFailure where nobody is logged in so */
export async function runLogout({ profile: named, side }: LogoutFlags): Promise<void> {
  const { current, profiles } = readProfiles();
  const name = named ?? side ?? current;
  const profile = name === undefined ? undefined : profiles[name];
  if (name === undefined || profile === undefined) {
    throw new CommandFailure("failed", name === undefined ? "nobody is logged in" : `there is no login ${name}`);
  }
  const isEnded = await end(profile);
  const { [name]: _, ...others } = profiles;
  writeProfiles({ current: name === current ? Object.keys(others)[0] : current, profiles: others });
  process.stdout.write(`Logged out of ${profile.url} as ${visible(profile.name)}.\n`);
  if (!isEnded) {
    const what = profile.token === undefined ? "session" : "token";
    process.stderr.write(`The server was not told, so that the ${what} opens it until it expires.\n`);
  }
}

/** What a login has made is ended; a token that somebody brought is theirs. @returns whether it opens nothing more */
async function end(profile: Profile): Promise<boolean> {
  if (profile.token !== undefined && profile.token_id === undefined) return true;
  const client = new ManagementClient({ url: profile.url, headers: headersOf(profile) });
  try {
    await client.request("DELETE", profile.token_id === undefined ? "/session" : `/tokens/${profile.token_id}`);
    return true;
  } catch (error) {
    // What opens nothing already needs no ending.
    return error instanceof CommandFailure && error.exitCode === 3;
  }
}
