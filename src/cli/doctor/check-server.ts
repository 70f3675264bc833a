import { CommandFailure, exitCodes } from "../command-failure.ts";
import { type ConnectionFlags, type ManagementClient, openClient } from "../management/api-client.ts";
import { ApiFailure } from "../management/api-failure.ts";
import { bad, type Finding, ok, skipped } from "./finding.ts";

const OFF_MS = 60_000;
const ADVICE = "start one, or name its address by --url";

/** Whether the management API answers, its clock is this one's, and what it is shown is valid there. */
export async function checkServer(flags: ConnectionFlags): Promise<Finding[]> {
  let client: ManagementClient;
  try {
    client = openClient(flags);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return [bad("server", error.message, "say --url and --token, or log in by seatkeeper login")];
  }
  try {
    const { body, headers } = await client.request("GET", "/session");
    const { name, role, side } = body;
    return [
      ok("server", `the management API of a ${side} server answers at ${client.url}`),
      ...clockOf(headers),
      ok("token", `${name} is let in, with the role ${role}`),
    ];
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    if (error instanceof ApiFailure && error.exitCode === exitCodes.denied) {
      const advice = "log in by seatkeeper login, or make an API token by seatkeeper admin create --with-token";
      return [ok("server", `a management API answers at ${client.url}`), bad("token", error.problem.detail, advice)];
    }
    return [
      bad("server", foundAt(client.url, error), ADVICE),
      skipped("token", "no server that could tell whether it is valid"),
    ];
  }
}

function foundAt(url: string, error: CommandFailure): string {
  return error.exitCode === exitCodes.unreachable ? `no management API answers at ${url}` : error.message;
}

function clockOf(headers: Headers): Finding[] {
  const date = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(date)) return [];
  const off = Math.abs(date - Date.now());
  if (off <= OFF_MS) return [];
  const found = `this machine's clock and the server's differ by ${Math.round(off / 1_000)} seconds`;
  return [bad("clock", found, "set the one right that is wrong, and keep both so by NTP")];
}
