-- One row, written by every commit: when the server was last alive, how many commits there were, and the
-- id that the next seat gets.
CREATE TABLE clock (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  alive_at      INTEGER NOT NULL,
  commits       INTEGER NOT NULL,
  next_seat_id  INTEGER NOT NULL
) STRICT;
INSERT INTO clock VALUES (1, 0, 0, 1);

CREATE TABLE fact (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `added` orders licenses by when they came; `document` is the domain's license as JSON.
CREATE TABLE license (
  id           INTEGER PRIMARY KEY,
  added        INTEGER NOT NULL UNIQUE,
  product      TEXT NOT NULL,
  document     TEXT NOT NULL,
  file_digest  TEXT NOT NULL,
  file_issued  INTEGER NOT NULL
) STRICT;

-- feature_id 0 is the license's own pool. Times are milliseconds since 1970 UTC. Rows stand in the order the seats
-- were taken, so that those that change together are on few pages; there is one for each (license_id, feature_id,
-- holder), which is looked after in memory: an index over it would make every change touch a page of its own.
CREATE TABLE seat (
  id              INTEGER PRIMARY KEY,
  license_id      INTEGER NOT NULL,
  feature_id      INTEGER NOT NULL,
  holder          TEXT NOT NULL,
  taken_at        INTEGER NOT NULL,
  heard_at        INTEGER NOT NULL,
  beat_ends_at    INTEGER NOT NULL,
  borrowed_until  INTEGER,
  needed_until    INTEGER NOT NULL,
  ends_at         INTEGER NOT NULL,
  hostname        TEXT,
  local_ip        TEXT,
  info            TEXT,
  registered_at   INTEGER,
  sdk_version     TEXT,
  app_version     TEXT
) STRICT;

CREATE TABLE counter (
  license_id         INTEGER NOT NULL,
  feature_id         INTEGER NOT NULL,
  total              INTEGER NOT NULL,
  period_started_at  INTEGER NOT NULL,
  overage_limit      INTEGER,
  PRIMARY KEY (license_id, feature_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_reply (
  license_id  INTEGER NOT NULL,
  key         TEXT NOT NULL,
  reply       TEXT NOT NULL,
  until       INTEGER NOT NULL,
  PRIMARY KEY (license_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_reply_until ON kept_reply (until);

-- `hash` is SHA-256, hex, over the previous row's hash and this row.
CREATE TABLE event (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  license_id  INTEGER NOT NULL,
  feature_id  INTEGER NOT NULL,
  holder      TEXT,
  data        TEXT,
  hash        TEXT NOT NULL
) STRICT;
