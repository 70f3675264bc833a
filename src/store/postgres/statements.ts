/*
 * The statements of a transaction that decides. Each is about any number of licenses and requests at once: what they are
 * about comes in arrays.
 */

/** A statement that each connection prepares when it first uses it. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const statement = (name: string, text: string): Statement => ({ name, text });

/** The locked row of a license. */
const CHAIN = "license_id, hash, events, last_event_id, last_at, pools, written_by";

/**
 * Finds the licenses that requests name by more than an id, and locks those and the ones in $7, in the order of their ids,
 * so that no two transactions wait for each other. What it read before it waited may be out of date: only the locked rows
 * themselves are not.
 */
export const LOCK_LICENSES = statement(
  "lock_licenses",
  `WITH named AS MATERIALIZED (
     SELECT * FROM unnest($1::int[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
       AS named (n, product, license_id, key, bundle, username)
   ), asked AS MATERIALIZED (
     SELECT n, license.id FROM named JOIN license ON license.id = license_id
     WHERE license.product = named.product
       AND (named.key IS NULL OR license.key = named.key) AND (named.bundle IS NULL OR license.bundle = named.bundle)
       AND (username IS NULL OR user_ids @> (
         SELECT array_agg(id) FROM "user" WHERE (document ->> 'username') COLLATE "C" = username HAVING count(*) > 0))
     UNION ALL
     SELECT n, found.id FROM named CROSS JOIN LATERAL (
       SELECT id FROM license
       WHERE license.key = named.key AND license.product = named.product
         AND (named.bundle IS NULL OR license.bundle = named.bundle)
         AND (username IS NULL OR user_ids @> (
           SELECT array_agg(id) FROM "user" WHERE (document ->> 'username') COLLATE "C" = username HAVING count(*) > 0))
       ORDER BY added DESC LIMIT 1) found
     WHERE license_id IS NULL AND named.key IS NOT NULL
     UNION ALL
     SELECT n, found.id FROM named JOIN "user" ON (document ->> 'username') COLLATE "C" = username CROSS JOIN LATERAL (
       SELECT id FROM license
       WHERE user_ids @> ARRAY["user".id] AND license.product = named.product
         AND (named.bundle IS NULL OR license.bundle = named.bundle)
       ORDER BY added DESC LIMIT 1) found
     WHERE license_id IS NULL AND named.key IS NULL
     UNION ALL
     SELECT n, found.id FROM named CROSS JOIN LATERAL (
       SELECT id FROM license
       WHERE license.product = named.product AND (named.bundle IS NULL OR license.bundle = named.bundle)
       ORDER BY added DESC LIMIT 1) found
     WHERE license_id IS NULL AND named.key IS NULL AND username IS NULL
   )
   SELECT ${CHAIN},
     (SELECT array_agg(n) FROM asked WHERE asked.id = chain.license_id) AS asked
   FROM chain
   WHERE license_id IN (SELECT id FROM asked UNION SELECT unnest($7::bigint[]))
   ORDER BY license_id FOR UPDATE OF chain`,
);

/** The same where it is known which licenses are meant. */
export const LOCK_KNOWN_LICENSES = statement(
  "lock_known_licenses",
  `SELECT ${CHAIN} FROM chain WHERE license_id = ANY ($1::bigint[])
   ORDER BY license_id FOR UPDATE`,
);

/** What belongs to no license, locked after the licenses. */
export const LOCK_SHARED = statement("lock_shared", `SELECT ${CHAIN} FROM chain WHERE license_id = 0 FOR UPDATE`);

/**
 * The time that it is, and which transaction was the last to change the names of licenses. To be asked when licenses are
 * locked, and by another statement: in READ COMMITTED, one that waits for a lock still sees what was there before.
 */
export const LOOK_AT_CLOCK = statement(
  "look_at_clock",
  "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, named_by FROM clock",
);
/**
 * The same, with ids for events about to be written, lowest first. Readers of events stop at what it locks before it takes
 * them, for as long as the transaction lasts.
 */
export const TAKE_EVENT_IDS = statement(
  "take_event_ids",
  `SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, named_by, ids
   FROM clock CROSS JOIN (
     SELECT pg_advisory_xact_lock_shared((24231::bigint << 48) + CASE WHEN is_called THEN last_value ELSE 0 END)::text AS one
     FROM event_id OFFSET 0) AS locked
   CROSS JOIN LATERAL (
     SELECT array_agg(nextval('event_id')) AS ids FROM generate_series(1, $1) WHERE locked.one IS NOT NULL) AS taken`,
);
export const FIND_NAMED_BY = statement("find_named_by", "SELECT named_by FROM clock");

export const MAKE_CHAINS = statement(
  "make_chains",
  `INSERT INTO chain (license_id) SELECT id FROM unnest($1::bigint[]) AS id ORDER BY id ON CONFLICT DO NOTHING`,
);

export const FIND_SEQUENCES = statement("find_sequences", "SELECT kind, next FROM sequence");

/** What decisions see of the locked licenses; by another statement than the one that locks, as above. */
export const READ_VIEWS = statement(
  "read_views",
  `SELECT 'license' AS part, json_build_object('id', id, 'added', added, 'written_by', license.written_by,
     'file_digest', file_digest, 'file_issued', file_issued,
     'document', CASE WHEN license.written_by IS DISTINCT FROM known.written_by THEN document END) AS data
   FROM unnest($1::bigint[], $2::uuid[]) AS known (license_id, written_by) JOIN license ON id = license_id
   UNION ALL
   SELECT 'counter', row_to_json(counter) FROM counter WHERE license_id = ANY ($1)
   UNION ALL
   SELECT 'first', row_to_json(found)
   FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS asked (license_id, feature_id, most) CROSS JOIN LATERAL (
     SELECT * FROM seat WHERE seat.license_id = asked.license_id AND seat.feature_id = asked.feature_id
     ORDER BY ends_at LIMIT most) found
   UNION ALL
   SELECT 'mine', row_to_json(seat)
   FROM unnest($6::bigint[], $7::text[]) AS asked (license_id, holder) JOIN seat USING (license_id, holder)
   UNION ALL
   SELECT 'every', row_to_json(seat) FROM seat WHERE license_id = ANY ($8::bigint[])
   UNION ALL
   SELECT 'hold', document FROM hold WHERE (document ->> 'licenseId')::bigint = ANY ($1)
   UNION ALL
   SELECT 'device', document FROM unnest($9::bigint[], $10::text[]) AS asked (license_id, hardware_id)
   JOIN device USING (license_id, hardware_id)
   UNION ALL
   SELECT 'device', document FROM device WHERE license_id = ANY ($11::bigint[])
   UNION ALL
   SELECT 'reply', row_to_json(kept_reply)
   FROM unnest($12::bigint[], $13::text[]) AS asked (license_id, key) JOIN kept_reply USING (license_id, key)
   UNION ALL
   SELECT 'user', json_build_object('username', document ->> 'username', 'id', id) FROM "user"
   WHERE (document ->> 'username') COLLATE "C" = ANY ($14::text[])
   UNION ALL
   SELECT 'product', to_json(code) FROM unnest($15::text[]) AS code
   WHERE EXISTS (SELECT FROM product WHERE (document ->> 'code') COLLATE "C" = code)
     OR EXISTS (SELECT FROM license WHERE product = code)`,
);

export const TAKE_SEAT_BLOCK = statement("take_seat_block", "SELECT nextval('seat_block') AS first");
/**
 * Takes the mark of a transaction ($1) that is not known to be committed: it waits for one that is still under way, and keeps
 * it from ever being. Where it was not committed, the asker's own mark ($2) is there from then on, however often it asks.
 */
export const TAKE_MARK = statement(
  "take_mark",
  `WITH taken AS (INSERT INTO mark (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id)
   INSERT INTO mark (id) SELECT $2::uuid FROM taken ON CONFLICT DO NOTHING`,
);
export const FIND_MARK = statement("find_mark", "SELECT id FROM mark WHERE id = $1");

/** A renewal that says nothing of a detail leaves it as it was; a new seat has no details of the one before. */
const keptDetail = (name: string) =>
  `${name} = CASE WHEN seat.id = excluded.id THEN coalesce(excluded.${name}, seat.${name}) ELSE excluded.${name} END`;

/**
 * What nearly every transaction leaves, in one statement: seats that have ended and seats that are put, events, the rows of
 * the licenses, and the transaction's mark.
 */
export const WRITE_SEATS = statement(
  "write_seats",
  `WITH ended AS (
     DELETE FROM seat USING unnest($1::bigint[], $2::text[], $3::bigint[]) AS ended (license_id, holder, feature_id)
     WHERE seat.license_id = ended.license_id AND seat.holder = ended.holder AND seat.feature_id = ended.feature_id
   ), put AS (
     INSERT INTO seat SELECT * FROM json_populate_recordset(NULL::seat, $4)
     ON CONFLICT (license_id, holder, feature_id) DO UPDATE SET
       id = excluded.id, taken_at = excluded.taken_at, heard_at = excluded.heard_at,
       beat_ends_at = excluded.beat_ends_at, borrowed_until = excluded.borrowed_until,
       needed_until = excluded.needed_until, ends_at = excluded.ends_at,
       ${["hostname", "local_ip", "info", "registered_at", "sdk_version", "app_version"].map(keptDetail).join(", ")}
   ), events AS (
     INSERT INTO event SELECT * FROM json_populate_recordset(NULL::event, $5)
   ), mark AS (
     INSERT INTO mark (id) VALUES ($6)
   )
   UPDATE chain SET hash = put.hash, events = put.events, last_event_id = put.last_event_id, last_at = put.last_at,
     pools = put.pools, written_by = $6
   FROM unnest($7::bigint[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])
     AS put (license_id, hash, events, last_event_id, last_at, pools)
   WHERE chain.license_id = put.license_id`,
);

/** What licenses are found by has changed. */
export const PUT_NAMED_BY = statement("put_named_by", "UPDATE clock SET named_by = $1");

export const PUT_COUNTERS = statement(
  "put_counters",
  `INSERT INTO counter SELECT * FROM json_populate_recordset(NULL::counter, $1)
   ON CONFLICT (license_id, feature_id) DO UPDATE SET total = excluded.total,
     period_started_at = excluded.period_started_at, overage_limit = excluded.overage_limit`,
);

export const REMOVE_COUNTERS = statement(
  "remove_counters",
  "DELETE FROM counter WHERE (license_id, feature_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))",
);

export const KEEP_REPLIES = statement(
  "keep_replies",
  `INSERT INTO kept_reply SELECT * FROM json_populate_recordset(NULL::kept_reply, $1)
   ON CONFLICT (license_id, key) DO UPDATE SET reply = excluded.reply, until = excluded.until`,
);

export const PUT_DEVICES = statement(
  "put_devices",
  `INSERT INTO device SELECT * FROM json_populate_recordset(NULL::device, $1)
   ON CONFLICT (id) DO UPDATE SET license_id = excluded.license_id, hardware_id = excluded.hardware_id,
     document = excluded.document`,
);

export const PUT_LICENSES = statement(
  "put_licenses",
  `INSERT INTO license (id, added, written_by, product, key, bundle, customer_id, order_id, policy_id, user_ids, document,
     file_digest, file_issued)
   SELECT id, added, $2, product, key, bundle, customer_id, order_id, policy_id, user_ids, document, file_digest,
     file_issued
   FROM json_populate_recordset(NULL::license, $1)
   ON CONFLICT (id) DO UPDATE SET written_by = excluded.written_by, product = excluded.product, key = excluded.key,
     bundle = excluded.bundle, customer_id = excluded.customer_id, order_id = excluded.order_id,
     policy_id = excluded.policy_id, user_ids = excluded.user_ids, document = excluded.document,
     file_digest = excluded.file_digest, file_issued = excluded.file_issued`,
);

export const FIND_LAST_ADDED = statement("find_last_added", "SELECT coalesce(max(added), 0) AS added FROM license");

export const REMOVE_LICENSES = statement(
  "remove_licenses",
  `WITH counters AS (DELETE FROM counter WHERE license_id = ANY ($1::bigint[])),
     replies AS (DELETE FROM kept_reply WHERE license_id = ANY ($1)),
     devices AS (DELETE FROM device WHERE license_id = ANY ($1)),
     seats AS (DELETE FROM seat WHERE license_id = ANY ($1))
   DELETE FROM license WHERE id = ANY ($1)`,
);

export const PUT_SEQUENCES = statement(
  "put_sequences",
  `INSERT INTO sequence SELECT * FROM unnest($1::text[], $2::bigint[])
   ON CONFLICT (kind) DO UPDATE SET next = excluded.next`,
);

export const PUT_USAGE_SPANS = statement(
  "put_usage_spans",
  `INSERT INTO usage_span SELECT * FROM json_populate_recordset(NULL::usage_span, $1)
   ON CONFLICT (license_id, length, start, feature_id) DO UPDATE SET opening = excluded.opening,
     closing = excluded.closing, max = excluded.max, seat_ms = excluded.seat_ms, denials = excluded.denials,
     levels = excluded.levels`,
);

export const DROP_USAGE_SPANS = statement(
  "drop_usage_spans",
  `DELETE FROM usage_span WHERE (license_id, length, start, feature_id) IN (
     SELECT license_id, length, start, feature_id FROM usage_span WHERE length = $1 AND start < $2 LIMIT $3)`,
);

export const PUT_USAGE_POSITION = statement(
  "put_usage_position",
  `INSERT INTO usage_position VALUES (1, $1, $2)
   ON CONFLICT (one) DO UPDATE SET until = excluded.until, built_at = excluded.built_at`,
);
export const DROP_USAGE_POSITION = statement("drop_usage_position", "DELETE FROM usage_position");

/** When any node was last alive, or decided something. */
export const LAST_ALIVE = "greatest((SELECT alive_at FROM clock), (SELECT max(last_at) FROM chain))";

export const STAMP_ALIVE = statement(
  "stamp_alive",
  "UPDATE clock SET alive_at = greatest(alive_at, $1) RETURNING alive_at",
);
