import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Operation } from "../../management/operation.ts";
import { CommandFailure } from "../command-failure.ts";
import { type ApiReply, type ManagementClient, openClient } from "./api-client.ts";
import { ApiFailure } from "./api-failure.ts";
import { type CommandShape, isDestructive, labelsOf, shapeOf } from "./command-shape.ts";
import type { ConnectionFlags } from "./connection.ts";
import { printReply } from "./print.ts";
import { printEvents } from "./print-events.ts";
import { printField } from "./print-field.ts";
import { askYes } from "./prompt.ts";
import { readBytes, readPassword } from "./read-input.ts";
import { runList } from "./run-list.ts";
import { visible } from "./visible.ts";

type Flags = Readonly<Record<string, unknown>>;

/**
 * Asks a server for an operation and prints what it replies.
 *
 * @param args parameters of the path, and possibly a file
 * @throws CommandFailure with the exit code of what went wrong [CLI-4]
 */
export async function runOperation(operation: Operation, flags: Flags, args: readonly string[]): Promise<void> {
  const shape = shapeOf(operation);
  const client = openClient(flags as ConnectionFlags, operation.sides);
  try {
    const path = await pathOf(client, operation, shape, args);
    if (operation.list !== undefined) return await runList(client, operation, path, flags, shape);
    const query = Object.fromEntries(shape.query.map(({ field, flag }) => [field, flags[flag] as string | undefined]));
    const body = await bodyOf(operation, shape, flags, args);
    if (isDestructive(operation) && flags["yes"] !== true) await confirm(operation, args);
    const request = { query, body, headers: headersOf(operation, flags) };
    if (operation.gives === "events")
      return await printEvents(await client.open(operation.method, path, request), flags["json"] === true);
    if (operation.gives === "file") {
      return await writeFile(await client.open(operation.method, path, request), flags["out"] as string | undefined);
    }
    await show(operation, await client.request(operation.method, path, request), flags, args);
  } catch (error) {
    throw error instanceof ApiFailure ? inTypedNames(operation, error) : error;
  }
}

async function show(operation: Operation, { body, headers }: ApiReply, flags: Flags, args: readonly string[]) {
  const etag = headers.get("etag");
  if (flags["etag"] === true) {
    if (etag === null) throw new CommandFailure("failed", "the server gives no ETag for this");
    process.stdout.write(`${etag}\n`);
  } else if (body === undefined || operation.status === 204) {
    if (flags["json"] !== true) process.stdout.write(`Done: ${sentence(operation, args)}\n`);
  } else if (typeof flags["out"] === "string" && typeof body.file === "string") {
    await writeText(body.file, flags["out"]);
  } else if (typeof flags["field"] === "string") {
    printField(body, flags["field"]);
  } else if (flags["json"] === true) {
    process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  } else {
    printReply(body, operation.reply);
  }
  // Of many things each is done by itself, and some may not have been.
  if (Array.isArray(body?.failed) && body.failed.length > 0) {
    throw new CommandFailure("failed", `${body.failed.length} failed`);
  }
}

async function pathOf(client: ManagementClient, operation: Operation, shape: CommandShape, args: readonly string[]) {
  const values = new Map<string, string>();
  for (const [at, { field, isNumber }] of shape.positionals.entries()) {
    const given = args[at] ?? "";
    values.set(field, isNumber && field === "license" ? await licenseIdOf(client, given) : given);
  }
  return operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values.get(name) ?? ""));
}

/** People have license keys at hand. */
async function licenseIdOf(client: ManagementClient, given: string): Promise<string> {
  if (/^\d{1,16}$/.test(given)) return given;
  const { body } = await client.request("GET", "/licenses", { query: { key: given, limit: 2 } });
  if (body.data.length === 1) return String(body.data[0].id);
  const many = body.data.length > 1;
  throw new CommandFailure(
    "failed",
    many ? `several licenses have the key ${given}: name one by its id` : `there is no license ${given}`,
  );
}

async function bodyOf(
  operation: Operation,
  shape: CommandShape,
  flags: Flags,
  args: readonly string[],
): Promise<unknown> {
  const { file, body, passwords, positionals } = shape;
  const name = args[positionals.length];
  if (file !== undefined && file.field === undefined) return readBytes(name ?? "-");
  if (operation.body === undefined) return undefined;
  const fields: Record<string, unknown> = {};
  for (const { field, flag, value } of body) {
    const given = flags[flag];
    if (given === undefined) continue;
    if (value.kind === "objects") fields[field] = (given as readonly unknown[]).flat(1);
    else fields[field] = value.isNullable && given === "null" ? null : given;
  }
  for (const { field, flag, isRequired } of passwords) {
    const password = await readPassword(flags[`${flag}-file`] as string | undefined, `--${flag}-file`, isRequired);
    if (password !== undefined) fields[field] = password;
  }
  if (file?.field !== undefined && name !== undefined) fields[file.field] = (await readBytes(name)).toString("utf8");
  return fields;
}

function headersOf({ takes }: Operation, flags: Flags): Record<string, string> {
  const headers: Record<string, string> = takes === "file" ? { "content-type": "application/octet-stream" } : {};
  for (const flag of ["if-match", "idempotency-key"]) {
    const given = flags[flag];
    // A shell eats the quotes that an ETag is made with.
    if (typeof given === "string") headers[flag] = flag === "if-match" && /^[\w-]+$/.test(given) ? `"${given}"` : given;
  }
  return headers;
}

async function confirm(operation: Operation, args: readonly string[]): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return;
  if (!(await askYes(`${operation.summary} — ${sentence(operation, args)}?`))) {
    throw new CommandFailure("failed", "nothing was done");
  }
}

function sentence({ noun, verb }: Operation, args: readonly string[]): string {
  return visible([noun, verb, ...args].join(" "));
}

/** Nobody else needs to read it: there may be keys in it. */
async function writeText(text: string, out: string): Promise<void> {
  if (out === "-") {
    process.stdout.write(`${text}\n`);
    return;
  }
  await writeFile(new Response(`${text}\n`), out);
}

async function writeFile({ body }: Response, out: string | undefined): Promise<void> {
  if (body === null) return;
  const bytes = Readable.fromWeb(body as never);
  if (out === undefined) {
    for await (const chunk of bytes) process.stdout.write(chunk);
    return;
  }
  try {
    await pipeline(bytes, createWriteStream(out, { mode: 0o600 }));
  } catch (error) {
    throw new CommandFailure("failed", `${out} cannot be written: ${(error as Error).message}`);
  }
  process.stdout.write(`It is in ${visible(out)}.\n`);
}

/** Whoever typed flags is told of flags: each bad field on a line. */
function inTypedNames(operation: Operation, { problem }: ApiFailure): ApiFailure {
  const { errors = [], detail, code } = problem;
  if (code === "not_found") {
    const { noun, verb, sides } = operation;
    return new ApiFailure(
      problem,
      `this server has no ${noun} ${verb}, which is of ${sides.join(" and ")} servers (${code})`,
    );
  }
  if (errors.length === 0) return new ApiFailure(problem);
  const label = labelsOf(operation);
  const lines = errors.map((each) => {
    const isNamed = each.detail.startsWith(each.param);
    return visible(
      isNamed ? label(each.param) + each.detail.slice(each.param.length) : `${label(each.param)}: ${each.detail}`,
    );
  });
  const start = visible(detail.split(":")[0] ?? "");
  return new ApiFailure(
    problem,
    lines.length === 1
      ? `${start}: ${lines[0]} (${code})`
      : [`${start} (${code}):`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}
