-- One row: when any node was last alive, and the mark of the last transaction that changed by what names licenses are
-- found. Ids of seats are given to nodes in blocks.
CREATE TABLE clock (
  one       integer PRIMARY KEY CHECK (one = 1),
  alive_at  bigint NOT NULL,
  named_by  uuid
);
INSERT INTO clock VALUES (1, 0);
CREATE SEQUENCE seat_block INCREMENT BY 1024;

CREATE TABLE fact (
  name   text PRIMARY KEY,
  value  text NOT NULL
);

-- A transaction that changes something leaves its own id, so that the fate of a commit whose answer was lost can be read.
CREATE TABLE mark (
  id  uuid PRIMARY KEY,
  at  timestamptz NOT NULL DEFAULT now()
);

-- What is locked to decide about a license: its chain of events, when it was last decided about, and the mark of the
-- transaction that did. `pools` is JSON: how many rows each pool has in `seat`, by feature_id, whether they have run out or
-- not: counting them would take as long as they are many. Row 0 is for whatever belongs to no license, and for which licenses there are. Rows stay when their
-- license goes.
CREATE TABLE chain (
  license_id     bigint PRIMARY KEY,
  hash           text NOT NULL DEFAULT repeat('0', 64),
  events         bigint NOT NULL DEFAULT 0,
  last_event_id  bigint NOT NULL DEFAULT 0,
  last_at        bigint NOT NULL DEFAULT 0,
  pools          text NOT NULL DEFAULT '{}',
  written_by     uuid
) WITH (fillfactor = 60);
INSERT INTO chain (license_id) VALUES (0);

-- `added` orders licenses by when they came; `document` is the domain's license as JSON, and the columns beside it are
-- the names that it is found by. `written_by` is the mark of the transaction that wrote it.
CREATE TABLE license (
  id           bigint PRIMARY KEY,
  added        bigint NOT NULL UNIQUE,
  written_by   uuid NOT NULL,
  product      text COLLATE "C" NOT NULL,
  key          text COLLATE "C",
  bundle       text COLLATE "C",
  customer_id  bigint,
  order_id     bigint,
  policy_id    bigint,
  user_ids     bigint[] NOT NULL,
  document     json NOT NULL,
  file_digest  text,
  file_issued  bigint
);
CREATE INDEX license_product ON license (product, added);
CREATE INDEX license_key ON license (key);
CREATE INDEX license_bundle ON license (bundle);
CREATE INDEX license_customer ON license (customer_id);
CREATE INDEX license_order ON license (order_id);
CREATE INDEX license_policy ON license (policy_id);
CREATE INDEX license_users ON license USING gin (user_ids);

-- feature_id 0 is the license's own pool. Times are milliseconds since 1970 UTC.
CREATE TABLE seat (
  license_id      bigint NOT NULL,
  holder          text COLLATE "C" NOT NULL,
  feature_id      bigint NOT NULL,
  id              bigint NOT NULL,
  taken_at        bigint NOT NULL,
  heard_at        bigint NOT NULL,
  beat_ends_at    bigint NOT NULL,
  borrowed_until  bigint,
  needed_until    bigint NOT NULL,
  ends_at         bigint NOT NULL,
  hostname        text,
  local_ip        text,
  info            text,
  registered_at   bigint,
  sdk_version     text,
  app_version     text,
  PRIMARY KEY (license_id, holder, feature_id)
);
CREATE INDEX seat_pool ON seat (license_id, feature_id, ends_at);

CREATE TABLE counter (
  license_id         bigint NOT NULL,
  feature_id         bigint NOT NULL,
  total              bigint NOT NULL,
  period_started_at  bigint NOT NULL,
  overage_limit      bigint,
  PRIMARY KEY (license_id, feature_id)
);

CREATE TABLE kept_reply (
  license_id  bigint NOT NULL,
  key         text COLLATE "C" NOT NULL,
  reply       json NOT NULL,
  until       bigint NOT NULL,
  PRIMARY KEY (license_id, key)
);
CREATE INDEX kept_reply_until ON kept_reply (until);

-- `hash` is SHA-256, hex, over the previous hash of the same license and this row.
CREATE SEQUENCE event_id;
CREATE TABLE event (
  id          bigint PRIMARY KEY,
  at          bigint NOT NULL,
  kind        text NOT NULL,
  license_id  bigint NOT NULL,
  feature_id  bigint NOT NULL,
  holder      text,
  data        text,
  hash        text NOT NULL
);
CREATE INDEX event_license ON event (license_id, id);
CREATE INDEX event_at ON event USING brin (at) WITH (pages_per_range = 16, autosummarize = on);

-- Who is about to write events locks what the sequence has come to, before it takes ids from there: for as long as its
-- transaction lasts, that tells readers up to which id nothing is of it.
-- Up to which id every event is there that ever will be: a statement after this one sees them. What is still being
-- written is above it. The order of the two looks matters: who has taken an id before the first has its lock at the second.
CREATE FUNCTION event_horizon() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  highest bigint;
  lowest_open bigint;
BEGIN
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END INTO highest FROM event_id;
  SELECT min(((classid::bigint & 65535) << 32) + objid::bigint) INTO lowest_open
  FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 24231
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
  RETURN least(highest, lowest_open);
END $$;
