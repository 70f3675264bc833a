import type { DatabaseSync } from "node:sqlite";
import { RecordStatements } from "./record-statements.ts";
import { UsageStatements } from "./usage-spans.ts";

const PUT_SEAT = `
  INSERT INTO seat (id, license_id, feature_id, holder, taken_at, heard_at, beat_ends_at, borrowed_until, needed_until,
                    ends_at, hostname, local_ip, info, registered_at, sdk_version, app_version)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    taken_at = excluded.taken_at, heard_at = excluded.heard_at, beat_ends_at = excluded.beat_ends_at,
    borrowed_until = excluded.borrowed_until, needed_until = excluded.needed_until, ends_at = excluded.ends_at,
    hostname = coalesce(excluded.hostname, hostname), local_ip = coalesce(excluded.local_ip, local_ip),
    info = coalesce(excluded.info, info), registered_at = coalesce(excluded.registered_at, registered_at),
    sdk_version = coalesce(excluded.sdk_version, sdk_version), app_version = coalesce(excluded.app_version, app_version)`;

const RENEW_SEAT = `
  UPDATE seat SET heard_at = ?, beat_ends_at = ?, borrowed_until = ?, needed_until = ?, ends_at = ? WHERE id = ?`;

const END_SEAT = "DELETE FROM seat WHERE id = ?";

const PUT_EVENT = `
  INSERT INTO event (id, at, kind, license_id, feature_id, holder, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

const PUT_COUNTER = `
  INSERT INTO counter (license_id, feature_id, total, period_started_at, overage_limit) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET total = excluded.total, period_started_at = excluded.period_started_at,
    overage_limit = excluded.overage_limit`;

const PUT_LICENSE = `
  INSERT INTO license (id, added, product, document, file_digest, file_issued)
  VALUES (?, (SELECT coalesce(max(added), 0) + 1 FROM license), ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET document = excluded.document, file_digest = excluded.file_digest,
    file_issued = excluded.file_issued`;

const PUT_DEVICE = `
  INSERT INTO device (id, license_id, hardware_id, document) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET document = excluded.document`;

const PUT_SEQUENCE = `
  INSERT INTO sequence (kind, next) VALUES (?, ?) ON CONFLICT DO UPDATE SET next = excluded.next`;

const KEEP_REPLY = `
  INSERT INTO kept_reply (license_id, key, reply, until) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET reply = excluded.reply, until = excluded.until`;

/** Lists come as JSON texts, and what is null does not matter: one statement serves every search. */
const SEARCH_EVENTS = `
  SELECT * FROM event
  WHERE id BETWEEN :first AND :last
    AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:licenses IS NULL OR license_id IN (SELECT value FROM json_each(:licenses)))
    AND (:features IS NULL OR feature_id IN (SELECT value FROM json_each(:features)))
    AND (:holders IS NULL OR holder IN (SELECT value FROM json_each(:holders)))
    AND (:part IS NULL OR instr(data, :part) > 0)
    AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at <= :until)`;

/** Every statement of the SQLite store, prepared once for each connection. */
export function prepareStatements(db: DatabaseSync) {
  return {
    begin: db.prepare("BEGIN IMMEDIATE"),
    commit: db.prepare("COMMIT"),
    putSeat: db.prepare(PUT_SEAT),
    renewSeat: db.prepare(RENEW_SEAT),
    endSeat: db.prepare(END_SEAT),
    putEvent: db.prepare(PUT_EVENT),
    putCounter: db.prepare(PUT_COUNTER),
    putLicense: db.prepare(PUT_LICENSE),
    removeLicense: db.prepare("DELETE FROM license WHERE id = ?"),
    removeCounters: db.prepare("DELETE FROM counter WHERE license_id = ?"),
    removeCounter: db.prepare("DELETE FROM counter WHERE license_id = ? AND feature_id = ?"),
    removeReplies: db.prepare("DELETE FROM kept_reply WHERE license_id = ?"),
    removeDevices: db.prepare("DELETE FROM device WHERE license_id = ?"),
    putDevice: db.prepare(PUT_DEVICE),
    findDevice: db.prepare("SELECT document FROM device WHERE license_id = ? AND hardware_id = ?"),
    devicesOfLicense: db.prepare("SELECT document FROM device WHERE license_id = ? ORDER BY id"),
    devicesOfHardware: db.prepare("SELECT document FROM device WHERE hardware_id = ? ORDER BY id"),
    putSequence: db.prepare(PUT_SEQUENCE),
    allSequences: db.prepare("SELECT kind, next FROM sequence"),
    keepReply: db.prepare(KEEP_REPLY),
    stampClock: db.prepare("UPDATE clock SET alive_at = ?, commits = ?, next_seat_id = ? WHERE one = 1"),
    findClock: db.prepare("SELECT alive_at, commits, next_seat_id FROM clock WHERE one = 1"),
    findReply: db.prepare("SELECT reply FROM kept_reply WHERE license_id = ? AND key = ? AND until > ?"),
    dropReplies: db.prepare("DELETE FROM kept_reply WHERE until <= ?"),
    findFact: db.prepare("SELECT value FROM fact WHERE name = ?"),
    putFact: db.prepare("INSERT INTO fact (name, value) VALUES (?, ?)"),
    allLicenses: db.prepare("SELECT document, file_digest, file_issued FROM license ORDER BY added"),
    allSeats: db.prepare("SELECT * FROM seat"),
    liveSeats: db.prepare("SELECT * FROM seat WHERE ends_at > ? ORDER BY id"),
    liveSeatsOfLicense: db.prepare("SELECT * FROM seat WHERE license_id = ? AND ends_at > ? ORDER BY id"),
    allCounters: db.prepare("SELECT * FROM counter"),
    events: db.prepare("SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?"),
    searchEvents: db.prepare(`${SEARCH_EVENTS} ORDER BY id LIMIT :limit`),
    searchEventsBack: db.prepare(`${SEARCH_EVENTS} ORDER BY id DESC LIMIT :limit`),
    eventFrom: db.prepare("SELECT id, at FROM event WHERE id >= ? ORDER BY id LIMIT 1"),
    lastEvent: db.prepare("SELECT * FROM event ORDER BY id DESC LIMIT 1"),
    records: new RecordStatements(db),
    usage: new UsageStatements(db),
  };
}

export type Statements = ReturnType<typeof prepareStatements>;
