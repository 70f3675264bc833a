import { SIDES, type Side } from "../../management/operation.ts";
import { CommandFailure } from "../command-failure.ts";
import { textFlag } from "../flags.ts";
import { type Profile, readProfiles } from "./profiles.ts";

/** Which server a command speaks to, and as whom. */
export interface ConnectionFlags {
  readonly url?: string;
  readonly token?: string;
  readonly side?: Side;
  readonly profile?: string;
}

/** The flags of every command that speaks to a management API. */
export const connectionFlags = {
  url: textFlag("origin of the management API; or SEATKEEPER_URL", "url"),
  token: textFlag("API token; or SEATKEEPER_TOKEN, which other users of this machine cannot see", "token"),
  side: {
    kind: "enum",
    values: SIDES,
    brief: "which of the servers logged in to",
    optional: true,
  },
  profile: textFlag("name of a login, where there is more than one of a side", "name"),
} as const;

export const USUAL_URL = "http://127.0.0.1:8090";

/** How a server is reached, and what is shown to it. */
export interface Connection {
  /** Origin, without a final slash. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Flags count before the environment, and that before the logins.
 *
 * @param sides of the operation: where it is on one only, that one's login is meant
 * @throws CommandFailure `usage`
 */
export function findConnection(flags: ConnectionFlags, sides: readonly Side[] = SIDES): Connection {
  const saidUrl = flags.url ?? nonEmpty(process.env["SEATKEEPER_URL"]);
  const token = flags.token ?? nonEmpty(process.env["SEATKEEPER_TOKEN"]);
  const url = saidUrl === undefined ? undefined : originOf(saidUrl);
  // What is said in full needs no file.
  if (url !== undefined && token !== undefined) return { url, headers: bearer(token) };
  const profile = findProfile(flags, url, sides);
  const origin = url ?? profile?.url ?? USUAL_URL;
  if (token !== undefined) return { url: origin, headers: bearer(token) };
  return { url: origin, headers: profile === undefined ? {} : headersOf(profile) };
}

/** What a login shows to its server. */
export function headersOf({
  token,
  cookie,
  csrf_token,
}: Pick<Profile, "token" | "cookie" | "csrf_token">): Record<string, string> {
  if (token !== undefined) return bearer(token);
  return { ...(cookie && { cookie }), ...(csrf_token && { "x-csrf-token": csrf_token }) };
}

/** @throws CommandFailure `usage` */
export function originOf(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url.origin;
  throw new CommandFailure("usage", `--url must be an address like ${USUAL_URL}, not "${given}"`);
}

/** A login is never shown to another server than its own. */
function findProfile(
  { profile: name, side }: ConnectionFlags,
  url: string | undefined,
  sides: readonly Side[],
): Profile | undefined {
  const { current, profiles } = readProfiles();
  if (name !== undefined) {
    const found = profiles[name];
    if (found === undefined) {
      const known = Object.keys(profiles).join(", ") || "none";
      throw new CommandFailure("usage", `there is no login of the name ${name} (there are: ${known})`);
    }
    return url === undefined || found.url === url ? found : undefined;
  }
  const meant = side === undefined ? sides : [side];
  const all = Object.entries(profiles)
    .sort(([a], [b]) => Number(b === current) - Number(a === current))
    .map(([, each]) => each)
    .filter((each) => url === undefined || each.url === url);
  const fitting = all.find((each) => meant.includes(each.side));
  if (fitting === undefined && side !== undefined && url === undefined) {
    throw new CommandFailure("usage", `nobody is logged in to a ${side} server: seatkeeper login --url …`);
  }
  // One that is logged in to a server of the other side learns from it that it has no such thing.
  return fitting ?? all[0];
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
