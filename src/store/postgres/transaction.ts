import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { Decide, Decision } from "../../domain/decision.ts";
import { DECIDING } from "./advisory-locks.ts";
import type { DatabaseTime } from "./database-time.ts";
import { Ledger } from "./ledger.ts";
import { fits } from "./license-names.ts";
import { type Asked, isNamed, type NamedRef, type Needs, type Resolved } from "./needs.ts";
import { isAnswered } from "./postgres-error.ts";
import { type KnownLicenses, readShared, readViews } from "./read-views.ts";
import type { Row } from "./rows.ts";
import { isSearchable } from "./searchable.ts";
import type { SeatIds } from "./seat-ids.ts";
import type { Chain } from "./seen.ts";
import { run } from "./session.ts";
import * as sql from "./statements.ts";
import { Views } from "./views.ts";
import { chainEvents, writeDraft } from "./write-draft.ts";

/** Taking the shared lock with the transaction's begin: who holds it waits for nobody who waits for it. */
const BEGIN = `BEGIN; SELECT pg_advisory_xact_lock_shared(${DECIDING})`;

export interface Request extends Asked {
  readonly decide: Decide<unknown>;
  /** Sent with what its decision writes. */
  readonly stampAlive?: true;
}

/** `again`: a decision before it took names from licenses, so that it is to be looked anew for the license that it means. */
export type Result = { readonly value: unknown } | { readonly error: unknown } | { readonly again: true };

/** What transactions of a node have in common. */
export interface Node {
  readonly time: DatabaseTime;
  readonly seatIds: SeatIds;
  readonly known: KnownLicenses;
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

/** While it was waited for its lock, a license was given other names, or removed: it is to be looked for anew. */
export class Renamed extends Error {}

/**
 * Decides requests one after another in one transaction: locks, then in another statement reads, decides, writes, commits.
 *
 * @throws NeedMore, Renamed, UnknownFate, or an error of the database; but for UnknownFate, nothing was changed then
 */
export async function transact(
  client: PoolClient,
  requests: readonly Request[],
  needs: Needs,
  node: Node,
): Promise<{ readonly results: readonly Result[]; readonly isChanged: boolean }> {
  const { chains, meant } = await lock(client, requests, needs);
  const resolved = requests.map((request) => ({ ...request, licenseId: licenseIdOf(request, meant) }));
  const ids = idsOf(resolved, needs, chains);
  const [{ read, clock }, shared] = await allSent([
    readViews(client, ids, resolved, needs, node.known),
    needs.shared ? readShared(client, requests) : undefined,
  ]);
  for (const { ref, id } of meant.values()) {
    const license = read.licenses.get(id)?.kept?.license;
    if (license === undefined || !fits(license, ref, read.users.get(ref.username ?? ""))) throw new Renamed();
  }
  await node.seatIds.provide(client, requests.length);
  node.time.read(clock);
  const now = node.time.after([...chains.values()].map(({ lastAt }) => lastAt));
  const ledger = new Ledger(now, read.licenses, chains, shared?.shared);
  const views = new Views({ ...read, shared: shared?.shared, others: shared?.others ?? new Map() }, ledger);
  const results = resolved.map((request) => decideOne(request, views, ledger, node.seatIds));
  const isChanged = await commit(client, ledger, new Map(chains), shared?.shared, results, requests);
  return { results, isChanged };
}

/** By a ref as JSON: the license that it means. */
type Meant = Map<string, { readonly ref: NamedRef; readonly id: number }>;

/** @returns the locked rows, and which license each name meant before it was locked */
async function lock(client: PoolClient, requests: readonly Request[], needs: Needs) {
  const refs = [...new Map(requests.map(({ scope }) => [JSON.stringify(scope.license), scope.license])).values()];
  const named = refs.filter(isNamed).filter((ref) => Object.values(ref).every(isSearchable));
  const ids = [
    ...refs.flatMap((ref) => (ref !== undefined && !isNamed(ref) ? [ref.licenseId] : [])),
    ...needs.licenses,
  ];
  const [, , rows, shared] = await allSent([
    client.query(BEGIN),
    needs.newChains.size > 0 ? run(client, sql.MAKE_CHAINS, [...needs.newChains]) : undefined,
    named.length + ids.length === 0
      ? []
      : run(
          client,
          sql.LOCK_LICENSES,
          named.map((_, at) => at),
          named.map((ref) => ref.product),
          named.map((ref) => ref.licenseId ?? null),
          named.map((ref) => ref.key ?? null),
          named.map((ref) => ref.bundleCode ?? null),
          named.map((ref) => ref.username ?? null),
          ids,
        ),
    needs.shared ? run(client, sql.LOCK_SHARED) : [],
  ]);
  const chains = new Map([...rows, ...shared].map((row) => [row["license_id"] as number, chainFromRow(row)]));
  const meant: Meant = new Map();
  for (const row of rows) {
    for (const at of (row["asked"] as number[] | null) ?? []) {
      const ref = named[at] as NamedRef;
      meant.set(JSON.stringify(ref), { ref, id: row["license_id"] as number });
    }
  }
  return { chains, meant };
}

function licenseIdOf({ scope: { license } }: Request, meant: Meant): number | undefined {
  return isNamed(license) ? meant.get(JSON.stringify(license))?.id : license?.licenseId;
}

function chainFromRow(row: Row): Chain {
  return {
    hash: row["hash"] as string,
    events: row["events"] as number,
    lastEventId: row["last_event_id"] as number,
    lastAt: row["last_at"] as number,
  };
}

/** The licenses that are looked at: the locked ones, and those that are named by an id and that nothing is known of. */
function idsOf(requests: readonly Resolved[], needs: Needs, chains: ReadonlyMap<number, Chain>): number[] {
  const ids = new Set([...chains.keys(), ...needs.licenses]);
  for (const { licenseId } of requests) if (licenseId !== undefined) ids.add(licenseId);
  ids.delete(0);
  return [...ids];
}

/** A decision that throws concerns its own request only. */
function decideOne(request: Request & Resolved, views: Views, ledger: Ledger, seatIds: SeatIds): Result {
  if (ledger.names === "fewer" && isNamed(request.scope.license)) return { again: true };
  const view = views.of(request, seatIds.next);
  let decision: Decision<unknown>;
  try {
    decision = request.decide(view);
  } catch (error) {
    return { error };
  }
  for (const change of decision.changes) {
    ledger.apply(change);
    if (change.change === "put_seat") seatIds.use(change.seat.id);
  }
  for (const event of decision.events) ledger.record(event);
  return { value: decision.outcome };
}

async function commit(
  client: PoolClient,
  ledger: Ledger,
  chains: Map<number, Chain>,
  shared: Parameters<typeof writeDraft>[5],
  results: readonly Result[],
  requests: readonly Request[],
): Promise<boolean> {
  const { draft, now } = ledger;
  const isStamping = requests.some(({ stampAlive }) => stampAlive);
  if (draft.isEmpty && !isStamping && (shared === undefined || [...shared.changes()].length === 0)) {
    await client.query("COMMIT");
    return false;
  }
  const ids = draft.events.length === 0 ? [] : await takeEventIds(client, draft.events.length);
  const events = chainEvents(draft.events, ids, chains);
  for (const [id, chain] of chains) chains.set(id, { ...chain, lastAt: now });
  const pools = new Map(
    [...draft.pools].map(([name, { licenseId, featureId }]) => [name, ledger.locked(licenseId).pool(featureId).count]),
  );
  const mark = randomUUID();
  const written = writeDraft(client, draft, chains, pools, events, shared);
  if (isStamping) written.push(run(client, sql.STAMP_ALIVE, now));
  written.push(run(client, sql.PUT_MARK, mark));
  const committed = client.query("COMMIT");
  const answers = await Promise.allSettled([...written, committed]);
  const failed = answers.find((answer) => answer.status === "rejected");
  if (failed === undefined) {
    if ((await committed).command === "COMMIT") return events.length > 0 || draft.seats.size > 0;
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

/** All answers of what was sent at once. @throws the first error, when every answer is there */
async function allSent<T extends readonly unknown[]>(sent: T): Promise<{ -readonly [At in keyof T]: Awaited<T[At]> }> {
  const answers = await Promise.allSettled(sent);
  return answers.map((answer) => {
    if (answer.status === "rejected") throw answer.reason;
    return answer.value;
  }) as { -readonly [At in keyof T]: Awaited<T[At]> };
}
