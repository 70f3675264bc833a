import type { ClientBase } from "pg";
import type { LicenseNames } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Hold } from "../../domain/hold.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json } from "../../domain/json.ts";
import { findFeature, type License } from "../../domain/license.ts";
import { FIRST_IDS, type IdKind, type RecordKind, type RecordRef, type Records } from "../../domain/records.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import { whereNames } from "./license-names.ts";
import { type Asked, FIRST_READ, isNamed, type Needs, type Resolved } from "./needs.ts";
import { findRecords } from "./record-statements.ts";
import { counterFromRow, type Row, seatFromRow } from "./rows.ts";
import { isSearchable } from "./searchable.ts";
import { type KeptLicense, SeenLicense } from "./seen.ts";
import { run } from "./session.ts";
import { nameOfNames, Shared } from "./shared.ts";
import { FIND_LAST_ADDED, FIND_SEQUENCES, READ_VIEWS } from "./statements.ts";
import type { Read } from "./views.ts";

/** Licenses as they were parsed, by id. They are used again only where the database says that they are unchanged. */
export type KnownLicenses = Map<number, { readonly version: number; readonly license: License }>;

const MOST_KNOWN = 10_000;

/** What decisions see of the licenses that are locked, and the time that the database's clock said then. */
export async function readViews(
  client: ClientBase,
  ids: readonly number[],
  asked: readonly Resolved[],
  needs: Needs,
  known: KnownLicenses,
): Promise<{ readonly read: Omit<Read, "shared" | "others">; readonly clock: Instant }> {
  const pools = poolsOf(asked, needs, known);
  const holders = pairsOf(asked, ({ scope }) => scope.holder);
  for (const { licenseId, holder } of needs.holders.values()) holders.push([licenseId, holder]);
  const devices = pairsOf(asked, ({ scope }) => scope.device);
  const replies = pairsOf(asked, ({ scope }) => scope.replyKey);
  const every = everyOf(asked, ({ scope }) => scope.everySeat === true);
  for (const id of needs.everySeat) if (!every.includes(id)) every.push(id);
  const named = asked.map(({ scope }) => scope.license).filter(isNamed);
  const others = asked.flatMap(({ scope }) => scope.licenses ?? []);
  const usernames = [...named, ...others].map(({ username }) => username).filter((name) => name !== undefined);
  // As they are known now: others may be known when the answer comes.
  const told = new Map(ids.map((id) => [id, known.get(id)]));
  const rows = await run(
    client,
    READ_VIEWS,
    ids,
    ids.map((id) => told.get(id)?.version ?? -1),
    pools.map(({ licenseId }) => licenseId),
    pools.map(({ featureId }) => featureId),
    pools.map(({ most }) => most),
    holders.map(([id]) => id),
    holders.map(([, holder]) => holder),
    every,
    devices.map(([id]) => id),
    devices.map(([, hardwareId]) => hardwareId),
    everyOf(asked, ({ scope }) => scope.everyDevice === true),
    replies.map(([id]) => id),
    replies.map(([, key]) => key),
    [...new Set(usernames)].filter(isSearchable),
    [...new Set(named.map(({ product }) => product))].filter(isSearchable),
  );
  const licenses = new Map(ids.map((id) => [id, new SeenLicense(id)]));
  for (const [id, holder] of holders) licenses.get(id)?.holders.add(holder);
  for (const id of every) {
    const license = licenses.get(id);
    if (license !== undefined) license.isEverySeatRead = true;
  }
  return takeIn(rows, licenses, (row) => keepKnown(known, row, told.get(row["id"] as number)?.license));
}

function takeIn(rows: readonly Row[], licenses: ReadonlyMap<number, SeenLicense>, keptFrom: (row: Row) => KeptLicense) {
  const users = new Map<string, number>();
  const products = new Set<string>();
  const firsts = new Map<string, Row[]>();
  let clock: Instant = 0;
  for (const { part, data } of rows as readonly { part: string; data: Row }[]) {
    const license = licenses.get((data["license_id"] ?? data["licenseId"] ?? data["id"]) as number);
    switch (part) {
      case "clock":
        clock = data as unknown as number;
        break;
      case "user":
        users.set(data["username"] as string, data["id"] as number);
        break;
      case "product":
        products.add(data as unknown as string);
        break;
      case "license":
        if (license !== undefined) license.kept = keptFrom(data);
        break;
      case "pool":
        license?.addPool(data["feature_id"] as number, data["seats"] as number);
        break;
      case "counter":
        license?.counters.set(data["feature_id"] as number, counterFromRow(data));
        break;
      case "first": {
        const name = `${data["license_id"]} ${data["feature_id"]}`;
        firsts.set(name, [...(firsts.get(name) ?? []), data]);
        break;
      }
      case "mine":
      case "every": {
        const seat = seatFromRow(data);
        license?.pool(seat.featureId).read([seat], false);
        break;
      }
      case "hold":
        license?.holds.push(data as unknown as Hold);
        break;
      case "device": {
        const device = data as unknown as Device;
        license?.devices.set(device.hardwareId, device);
        break;
      }
      case "reply":
        license?.replies.set(data["key"] as string, {
          reply: (data["reply"] as [Json])[0],
          until: data["until"] as number,
        });
    }
  }
  for (const first of firsts.values()) {
    const seats = first.map(seatFromRow).sort((a, b) => a.endsAt - b.endsAt);
    const [{ licenseId, featureId } = { licenseId: 0, featureId: 0 }] = seats;
    licenses.get(licenseId)?.pool(featureId).read(seats, true);
  }
  return { read: { licenses, users, products }, clock };
}

/** @param before the license that was known when the database was told its version */
function keepKnown(known: KnownLicenses, row: Row, before: License | undefined): KeptLicense {
  const kept = keptFromRow({ ...row, document: row["document"] ?? before });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(kept.license.id, { version: row["version"] as number, license: kept.license });
  return kept;
}

function keptFromRow(row: Row): KeptLicense {
  const digest = row["file_digest"] as string | null;
  const file = digest === null ? undefined : { digest, issuedAt: row["file_issued"] as number };
  return { license: row["document"] as License, added: row["added"] as number, file };
}

/** What belongs to no license, with its lock held. */
export async function readShared(client: ClientBase, asked: readonly Asked[]) {
  const shared = new Shared();
  const others = new Map<number, KeptLicense>();
  const refs = asked.flatMap(({ scope }) => scope.records ?? []);
  const kinds = new Set(asked.flatMap(({ scope }) => scope.everyRecord ?? []));
  const names = new Map<string, LicenseNames>();
  for (const each of asked.flatMap(({ scope }) => scope.licenses ?? [])) names.set(nameOfNames(each), each);
  const readRecords = async (ref: Parameters<Shared["read"]>[0], kind: RecordKind) => {
    const where = typeof ref === "string" ? undefined : (ref as RecordRef<RecordKind>);
    shared.read(ref, (await findRecords(client, kind, where)) as Records[RecordKind][]);
  };
  await Promise.all([
    run(client, FIND_SEQUENCES).then((rows) => {
      const next = rows.map((row) => [row["kind"] as IdKind, row["next"] as number]);
      shared.nextIds = { ...FIRST_IDS, ...Object.fromEntries(next) };
    }),
    run(client, FIND_LAST_ADDED).then(([row]) => {
      shared.lastAdded = row?.["added"] as number;
    }),
    ...refs.map((ref) => readRecords(ref, ref.kind)),
    ...[...kinds].map((kind) => readRecords(kind, kind)),
    ...[...names].map(async ([name, each]) => {
      const { where, values } = whereNames(each);
      const text = `SELECT id, added, document, file_digest, file_issued FROM license WHERE ${where}`;
      const { rows } = await client.query({ text, values });
      for (const row of rows as Row[]) others.set(row["id"] as number, keptFromRow(row));
      shared.licenseIds.set(
        name,
        rows.map((row) => row["id"] as number),
      );
    }),
  ]);
  return { shared, others };
}

/** The pools that are asked about. Of what a feature's code means, the known license is only a guess. */
function poolsOf(asked: readonly Resolved[], needs: Needs, known: KnownLicenses) {
  const pools = new Map<string, PoolKey & { most: number }>();
  const add = (licenseId: number, featureId: number, most: number) => {
    const name = `${licenseId} ${featureId}`;
    const before = pools.get(name)?.most ?? FIRST_READ;
    pools.set(name, { licenseId, featureId, most: before + most });
  };
  for (const { licenseId, featureId, most } of needs.pools.values()) add(licenseId, featureId, most);
  for (const { scope, licenseId } of asked) {
    if (licenseId === undefined) continue;
    add(licenseId, LICENSE_POOL, 1);
    const license = known.get(licenseId)?.license;
    const feature = license && scope.feature !== undefined ? findFeature(license, scope.feature) : undefined;
    if (feature !== undefined) add(licenseId, feature.id, 1);
  }
  return [...pools.values()];
}

function pairsOf(asked: readonly Resolved[], of: (asked: Asked) => string | undefined) {
  const pairs = new Map<string, [number, string]>();
  for (const each of asked) {
    const text = of(each);
    if (each.licenseId === undefined || text === undefined || !isSearchable(text)) continue;
    pairs.set(`${each.licenseId} ${text}`, [each.licenseId, text]);
  }
  return [...pairs.values()];
}

function everyOf(asked: readonly Resolved[], isAsked: (asked: Asked) => boolean): number[] {
  const ids = asked.filter(isAsked).flatMap(({ licenseId }) => (licenseId === undefined ? [] : [licenseId]));
  return [...new Set(ids)];
}
