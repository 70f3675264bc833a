import type { PoolClient } from "pg";
import { DECIDING } from "./advisory-locks.ts";
import { type Asked, isNamed, type NamedRef, type Needs } from "./needs.ts";
import type { Remembered } from "./remembered.ts";
import { chainFromRow } from "./rows.ts";
import { isSearchable } from "./searchable.ts";
import { allSent, inOnePiece, run } from "./session.ts";
import * as sql from "./statements.ts";

/** While it was waited for its lock, a license was given other names, or removed: it is to be looked for anew. */
export class Renamed extends Error {}

/** By a ref as JSON: the license that it means. */
export type Meant = Map<string, { readonly ref: NamedRef; readonly id: number }>;

const SHARE_DECIDING = { name: "share_deciding", text: `SELECT pg_advisory_xact_lock_shared(${DECIDING})` };

/** @returns the locked rows, which license each name meant before it was locked, what the clock said then, ids for events */
export async function lock(client: PoolClient, requests: readonly Asked[], needs: Needs, remembered: Remembered) {
  const { names, named, ids } = sortRefs(requests, needs);
  // As it is known now: others may be known when the answers come.
  const { namedBy } = remembered;
  const known = names.flatMap((name) => remembered.meaning(name) ?? []);
  const areAllKnown = known.length === names.length;
  const lockLicenses = () => {
    if (named.length + ids.length === 0) return [];
    if (areAllKnown) return run(client, sql.LOCK_KNOWN_LICENSES, [...known, ...ids]);
    return run(
      client,
      sql.LOCK_LICENSES,
      named.map((_, at) => at),
      named.map((ref) => ref.product),
      named.map((ref) => ref.licenseId ?? null),
      named.map((ref) => ref.key ?? null),
      named.map((ref) => ref.bundleCode ?? null),
      named.map((ref) => ref.username ?? null),
      ids,
    );
  };
  const [, , , before, rows, shared, looks] = await allSent(
    inOnePiece(
      client,
      () =>
        [
          client.query("BEGIN"),
          // Who holds it waits for nobody who waits for it.
          run(client, SHARE_DECIDING),
          needs.newChains.size > 0 ? run(client, sql.MAKE_CHAINS, [...needs.newChains]) : undefined,
          areAllKnown ? [] : run(client, sql.FIND_NAMED_BY),
          lockLicenses(),
          needs.shared ? run(client, sql.LOCK_SHARED) : [],
          // Who names a license as clients do leaves an event, as a rule. Ids that are not used then are left out.
          named.length > 0 && areAllKnown
            ? run(client, sql.TAKE_EVENT_IDS, requests.length)
            : run(client, sql.LOOK_AT_CLOCK),
        ] as const,
    ),
  );
  const clock = looks[0];
  const eventIds = (clock?.["ids"] as number[] | undefined) ?? [];
  const chains = new Map([...rows, ...shared].map((row) => [row["license_id"] as number, chainFromRow(row)]));
  const meant: Meant = new Map();
  if (areAllKnown) {
    const isAnyRenamed = known.length > 0 && namedBy !== clock?.["named_by"];
    if (isAnyRenamed || !known.every((id) => chains.has(id))) {
      remembered.forgetMeanings();
      throw new Renamed();
    }
    for (const [at, id] of known.entries()) meant.set(names[at] as string, { ref: named[at] as NamedRef, id });
  } else {
    for (const row of rows) {
      for (const at of (row["asked"] as number[] | null) ?? []) {
        meant.set(names[at] as string, { ref: named[at] as NamedRef, id: row["license_id"] as number });
      }
    }
    // By a user's name is meant what it means then.
    const lasting = [...meant].filter(([, { ref }]) => ref.username === undefined);
    remembered.keepMeanings(
      lasting.map(([ref, { id }]) => [ref, id]),
      (before[0]?.["named_by"] as string | null | undefined) ?? null,
    );
  }
  return { chains, meant, clock: clock?.["now"] as number, eventIds };
}

/** Each license once, by what it is named by. */
function sortRefs(requests: readonly Asked[], needs: Needs) {
  const names: string[] = [];
  const named: NamedRef[] = [];
  const ids = [...needs.licenses];
  const seen = new Set<string>();
  for (const { ref, scope } of requests) {
    if (scope.license === undefined || seen.has(ref)) continue;
    seen.add(ref);
    if (!isNamed(scope.license)) ids.push(scope.license.licenseId);
    else if (Object.values(scope.license).every(isSearchable)) {
      names.push(ref);
      named.push(scope.license);
    }
  }
  return { names, named, ids };
}

export function licenseIdOf({ ref, scope: { license } }: Asked, meant: Meant): number | undefined {
  return isNamed(license) ? meant.get(ref)?.id : license?.licenseId;
}
