import * as crypto from "node:crypto";
import type { PoolClient } from "pg";
import type { Decide, Decision, Scope } from "../../domain/decision.ts";
import type { DatabaseTime } from "./database-time.ts";
import { Ledger } from "./ledger.ts";
import { fits } from "./license-names.ts";
import { licenseIdOf, lock, Renamed } from "./lock.ts";
import { Missing } from "./missing.ts";
import { type Asked, isNamed, type Needs, type Resolved } from "./needs.ts";
import { isAnswered } from "./postgres-error.ts";
import { readShared, readViews } from "./read-views.ts";
import type { Remembered } from "./remembered.ts";
import type { SeatIds } from "./seat-ids.ts";
import type { Chain } from "./seen.ts";
import { allSent, inOnePiece, run } from "./session.ts";
import type { Shared } from "./shared.ts";
import * as sql from "./statements.ts";
import { Views } from "./views.ts";
import { chainEvents, writeDraft } from "./write-draft.ts";

export interface Request extends Asked {
  readonly decide: Decide<unknown>;
}

export function requestOf(scope: Scope, decide: Decide<unknown>, mode: Asked["mode"] = "decide"): Request {
  const ref = scope.license === undefined ? "" : JSON.stringify(scope.license);
  return { scope, ref, decide, mode };
}

/** `again`: a decision before it took names from licenses, so that it is to be looked anew for the license that it means. */
export type Result = { readonly value: unknown } | { readonly error: unknown } | { readonly again: true };

/** What transactions of a node have in common. */
export interface Node {
  readonly time: DatabaseTime;
  readonly seatIds: SeatIds;
  readonly remembered: Remembered;
}

/** The connection was lost when the commit was on its way: only the mark tells whether it happened. */
export class UnknownFate extends Error {
  readonly mark: string;
  readonly results: readonly Result[];

  constructor(mark: string, results: readonly Result[], cause: unknown) {
    super("it is not known whether the transaction was committed", { cause });
    this.mark = mark;
    this.results = results;
  }
}

/**
 * Decides requests one after another in one transaction: locks, then in another statement reads what is not remembered,
 * decides, writes, commits.
 *
 * @throws NeedMore, Renamed, UnknownFate, or an error of the database; but for UnknownFate, nothing was changed then
 */
export async function transact(
  client: PoolClient,
  requests: readonly Request[],
  needs: Needs,
  node: Node,
): Promise<{ readonly results: readonly Result[]; readonly isChanged: boolean }> {
  const { chains, meant, clock, eventIds } = await lock(client, requests, needs, node.remembered);
  node.time.read(clock);
  const now = node.time.after([...chains.values()].map(({ lastAt }) => lastAt));
  const resolved = requests.map((request) => ({ ...request, licenseId: licenseIdOf(request, meant) }));
  const question = { ids: idsOf(resolved, needs, chains), chains, asked: resolved, needs, now };
  const [read, shared] = await allSent([
    readViews(client, question, node.remembered),
    needs.shared ? readShared(client, requests, needs) : undefined,
  ]);
  for (const { ref, id } of meant.values()) {
    const license = read.licenses.get(id)?.kept?.license;
    if (license === undefined || !fits(license, ref, read.users.get(ref.username ?? ""))) throw new Renamed();
  }
  await node.seatIds.provide(client, requests.length);
  const ledger = new Ledger(now, read.licenses, chains, shared?.shared);
  const views = new Views({ ...read, shared: shared?.shared, others: shared?.others ?? new Map() }, ledger);
  const missing = new Missing();
  const results = resolved.map((request) => decideOne(request, { views, ledger, seatIds: node.seatIds, missing }));
  missing.check();
  const mark = await commit(client, { ledger, chains, shared: shared?.shared, results, requests, eventIds });
  for (const [id, seen] of read.licenses) {
    const writtenBy = ledger.touched.has(id) ? mark : chains.get(id)?.writtenBy;
    if (seen.kept === undefined || !chains.has(id) || typeof writtenBy !== "string") continue;
    node.remembered.keep(seen, writtenBy);
  }
  return { results, isChanged: ledger.draft.events.length > 0 || ledger.draft.seats.size > 0 };
}

/** The licenses that are looked at: the locked ones, and those that are named by an id and that nothing is known of. */
function idsOf(requests: readonly Resolved[], needs: Needs, chains: ReadonlyMap<number, Chain>): number[] {
  const ids = new Set([...chains.keys(), ...needs.licenses]);
  for (const { licenseId } of requests) if (licenseId !== undefined) ids.add(licenseId);
  ids.delete(0);
  return [...ids];
}

interface Deciding {
  readonly views: Views;
  readonly ledger: Ledger;
  readonly seatIds: SeatIds;
  readonly missing: Missing;
}

/** A decision that throws concerns its own request only. */
function decideOne(request: Request & Resolved, { views, ledger, seatIds, missing }: Deciding): Result {
  if (ledger.names === "fewer" && isNamed(request.scope.license)) return { again: true };
  const view = missing.gather(() => views.of(request, seatIds.next));
  if (view === undefined) return { again: true };
  let decision: Decision<unknown>;
  try {
    decision = request.decide(view);
  } catch (error) {
    return { error };
  }
  for (const change of decision.changes) {
    missing.gather(() => ledger.apply(change));
    if (change.change === "put_seat") seatIds.use(change.seat.id);
  }
  for (const event of decision.events) missing.gather(() => ledger.record(event));
  return { value: decision.outcome };
}

/** A random one; where it can be had, one of those that come after each other in an index. */
const makeMark = (): string => (crypto.randomUUIDv7 ?? crypto.randomUUID)();

interface Decided {
  readonly ledger: Ledger;
  readonly chains: ReadonlyMap<number, Chain>;
  readonly shared: Shared | undefined;
  readonly results: readonly Result[];
  readonly requests: readonly Request[];
  /** Taken beforehand; there may have to be more. */
  readonly eventIds: readonly number[];
}

/** @returns the transaction's mark; undefined where nothing was to be written */
async function commit(client: PoolClient, decided: Decided): Promise<string | undefined> {
  const { ledger, shared, results, requests } = decided;
  const { draft, now, touched } = ledger;
  // Seats that have an outage's time back must not have it twice.
  const isStamping = requests.some(({ mode }) => mode === "resume");
  if (draft.isEmpty && !isStamping && (shared === undefined || [...shared.changes()].length === 0)) {
    await client.query("COMMIT");
    return undefined;
  }
  const more = draft.events.length - decided.eventIds.length;
  const ids = more > 0 ? [...decided.eventIds, ...(await takeEventIds(client, more))] : decided.eventIds;
  const chains = new Map(decided.chains);
  const events = chainEvents(draft.events, ids, chains);
  const mark = makeMark();
  const heads = [...chains]
    .filter(([id]) => touched.has(id))
    .map(([id, chain]) => [id, { ...chain, lastAt: now, pools: ledger.poolsOf(id) ?? chain.pools }] as const);
  const { written, committed } = inOnePiece(client, () => ({
    written: [
      ledger.names === "same" ? undefined : run(client, sql.PUT_NAMED_BY, mark),
      isStamping ? run(client, sql.STAMP_ALIVE, now) : undefined,
      ...writeDraft(client, { draft, heads, events, shared, mark }),
    ],
    committed: client.query("COMMIT"),
  }));
  const answers = await Promise.allSettled([...written, committed]);
  const failed = answers.find((answer) => answer.status === "rejected");
  if (failed === undefined) {
    if ((await committed).command === "COMMIT") return mark;
    throw new Error("the transaction was rolled back");
  }
  // A statement that the server refused says that nothing was committed. A connection that ended says nothing.
  if (isAnswered(failed.reason)) throw failed.reason;
  throw new UnknownFate(mark, results, failed.reason);
}

async function takeEventIds(client: PoolClient, amount: number): Promise<number[]> {
  const [row] = await run(client, sql.TAKE_EVENT_IDS, amount);
  return row?.["ids"] as number[];
}
