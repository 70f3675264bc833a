import { DatabaseSync } from "node:sqlite";
import { CHAIN_START, hashEvent } from "../../src/store/event-chain.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { makeFeature, makeLicense } from "./make-license.ts";
import { addLicense } from "./store-acts.ts";
import { START, TestClock } from "./test-clock.ts";

/** How many licenses the seats and events are of. */
const LICENSES = 20;

/** Makes a database that would take a server long to fill. */
export async function fillDatabase(file: string, { seats, events }: { seats: number; events: number }): Promise<void> {
  const store = openSqliteStore(file, { clock: new TestClock() });
  for (let id = 1; id <= LICENSES; id += 1) {
    await addLicense(store, makeLicense({ id, features: [makeFeature({ capacity: seats })] }));
  }
  await store.close();
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const putSeat = db.prepare(
    `INSERT INTO seat (id, license_id, feature_id, holder, taken_at, heard_at, beat_ends_at, needed_until, ends_at, hostname)
     VALUES (?, ?, 11, ?, ?, ?, ?, 0, ?, ?)`,
  );
  const end = START + 900_000;
  for (let id = 1; id <= seats; id += 1) {
    putSeat.run(id, 1 + (id % LICENSES), `user-${id}`, START, START, end, end, `host-${id}`);
  }
  const last = db.prepare("SELECT id, hash FROM event ORDER BY id DESC LIMIT 1").get();
  let hash = (last?.["hash"] as string | undefined) ?? CHAIN_START;
  let id = (last?.["id"] as number | undefined) ?? 0;
  const putEvent = db.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (let count = 0; count < events; count += 1) {
    id += 1;
    const at = START + count * 10;
    const holder = `user-${count % 10_000}`;
    const event = {
      id,
      at,
      kind: "seat_renewed",
      licenseId: 1 + (count % LICENSES),
      featureId: 11,
      holder,
      data: null,
    } as const;
    hash = hashEvent(hash, event);
    putEvent.run(id, at, event.kind, event.licenseId, event.featureId, holder, null, hash);
  }
  db.exec(`UPDATE clock SET next_seat_id = ${seats + 1}, alive_at = ${START + events * 10}; COMMIT`);
  db.close();
}
