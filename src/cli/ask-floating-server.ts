import { CommandFailure } from "./command-failure.ts";

/** The flag of every command that speaks to a running floating server. */
export const urlFlag = {
  kind: "parsed",
  brief: "origin of the floating server; or SEATKEEPER_FLOATING_URL, or SEATKEEPER_URL",
  // The second is that of the management API for all other commands; the first tells the two apart.
  default: process.env["SEATKEEPER_FLOATING_URL"] ?? process.env["SEATKEEPER_URL"] ?? "http://127.0.0.1:8080",
  parse: String,
} as const;

/** Sends a POST to the running floating server. @throws CommandFailure where none answers */
export async function postToFloatingServer(url: string, path: string, init: RequestInit): Promise<Response> {
  const address = URL.canParse(url) ? new URL(path, url) : undefined;
  if (address === undefined)
    throw new CommandFailure("usage", `--url must be an address like http://127.0.0.1:8080, not "${url}"`);
  try {
    return await fetch(address, { method: "POST", ...init });
  } catch {
    throw new CommandFailure(
      "unreachable",
      `no floating server answers at ${url}: start one, or name its address with --url`,
    );
  }
}

/** What the server has refused, as a sentence. @param reply its JSON, or undefined where it sent none */
export function refusedBy(url: string, status: number, reply: unknown): CommandFailure {
  // Every floating server has the paths that are asked for here.
  if (!isError(reply) || reply.code === "not_found")
    return new CommandFailure("failed", `what answers at ${url} is not a floating server`);
  return new CommandFailure([401, 403].includes(status) ? "denied" : "failed", `${reply.message} (${reply.code})`);
}

function isError(reply: unknown): reply is { readonly code: string; readonly message: string } {
  return typeof reply === "object" && reply !== null && "code" in reply && "message" in reply;
}
