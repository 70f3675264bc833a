import type { ClientBase } from "pg";
import type { LicenseNames } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Hold } from "../../domain/hold.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json } from "../../domain/json.ts";
import { FIRST_IDS, type IdKind, type RecordKind, type RecordRef, type Records } from "../../domain/records.ts";
import { Gaps } from "./gaps.ts";
import { whereNames } from "./license-names.ts";
import { type Asked, isNamed, type Needs, type Resolved } from "./needs.ts";
import { findRecords } from "./record-statements.ts";
import type { Remembered } from "./remembered.ts";
import { counterFromRow, type Row, seatFromRow } from "./rows.ts";
import { isSearchable } from "./searchable.ts";
import { type Chain, type KeptLicense, SeenLicense } from "./seen.ts";
import { run } from "./session.ts";
import { nameOfNames, refTo, Shared } from "./shared.ts";
import { FIND_LAST_ADDED, FIND_SEQUENCES, READ_VIEWS } from "./statements.ts";
import type { Read } from "./views.ts";

/** What is asked about. */
export interface Question {
  /** The licenses that are looked at, with the rows of those that are locked. */
  readonly ids: readonly number[];
  readonly chains: ReadonlyMap<number, Chain>;
  readonly asked: readonly Resolved[];
  readonly needs: Needs;
  readonly now: Instant;
}

/** What decisions see of licenses: what the node remembers of those that nobody has changed since, and else what is read. */
export async function readViews(
  client: ClientBase,
  { ids, chains, asked, needs, now }: Question,
  remembered: Remembered,
): Promise<Omit<Read, "shared" | "others">> {
  const licenses = new Map<number, SeenLicense>();
  const unknown: number[] = [];
  for (const id of ids) {
    const seen = remembered.take(id, chains.get(id)?.writtenBy ?? null);
    licenses.set(id, seen ?? new SeenLicense(id));
    if (seen !== undefined) continue;
    licenses.get(id)?.count(chains.get(id)?.pools ?? "{}");
    unknown.push(id);
  }
  const gaps = new Gaps(licenses, new Set(unknown));
  gaps.find(asked, needs, remembered, now);
  const named = asked.map(({ scope }) => scope.license).filter(isNamed);
  const others = asked.flatMap(({ scope }) => scope.licenses ?? []);
  const usernames = [...named, ...others].map(({ username }) => username).filter((name) => name !== undefined);
  const users = new Map<string, number>();
  const products = new Set<string>();
  const isAnswered = asked.every(({ scope, licenseId }) => !isNamed(scope.license) || licenseId !== undefined);
  if (unknown.length === 0 && gaps.isEmpty && usernames.length === 0 && isAnswered && !needs.shared) {
    return { licenses, users, products };
  }
  // As they are known now: others may be known when the answer comes.
  const documents = new Map(unknown.map((id) => [id, remembered.document(id)]));
  const rows = await run(
    client,
    READ_VIEWS,
    unknown,
    unknown.map((id) => documents.get(id)?.writtenBy ?? null),
    ...gaps.values(),
    [...new Set(usernames)].filter(isSearchable),
    [...new Set(named.map(({ product }) => product))].filter(isSearchable),
  );
  gaps.close();
  takeIn(rows, { licenses, users, products }, (row) => {
    const id = row["id"] as number;
    const kept = keptFromRow({ ...row, document: row["document"] ?? documents.get(id)?.license });
    remembered.keepDocument(kept.license, row["written_by"] as string);
    return kept;
  });
  return { licenses, users, products };
}

interface Places {
  readonly licenses: ReadonlyMap<number, SeenLicense>;
  readonly users: Map<string, number>;
  readonly products: Set<string>;
}

function takeIn(rows: readonly Row[], { licenses, users, products }: Places, keptFrom: (row: Row) => KeptLicense) {
  const firsts = new Map<string, Row[]>();
  for (const { part, data } of rows as readonly { part: string; data: Row }[]) {
    const license = licenses.get((data["license_id"] ?? data["licenseId"] ?? data["id"]) as number);
    switch (part) {
      case "user":
        users.set(data["username"] as string, data["id"] as number);
        break;
      case "product":
        products.add(data as unknown as string);
        break;
      case "license":
        if (license !== undefined) license.kept = keptFrom(data);
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
        if (license !== undefined) license.holds = [...license.holds, data as unknown as Hold];
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
}

function keptFromRow(row: Row): KeptLicense {
  const digest = row["file_digest"] as string | null;
  const file = digest === null ? undefined : { digest, issuedAt: row["file_issued"] as number };
  return { license: row["document"] as KeptLicense["license"], added: row["added"] as number, file };
}

/** What belongs to no license, with its lock held. */
export async function readShared(client: ClientBase, asked: readonly Asked[], needs: Needs) {
  const shared = new Shared();
  const others = new Map<number, KeptLicense>();
  const holds = [...needs.holds].map((id) => refTo("hold", id));
  const refs = [...asked.flatMap(({ scope }) => scope.records ?? []), ...holds];
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
