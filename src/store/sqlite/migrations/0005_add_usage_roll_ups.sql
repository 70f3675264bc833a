-- Usage of pools by minutes, hours and days (UTC), made from events; only where something happened. `start` is in
-- milliseconds since 1970 UTC, `levels` is JSON: [[seats, milliseconds], …].
CREATE TABLE usage_span (
  license_id  INTEGER NOT NULL,
  length      TEXT NOT NULL,
  start       INTEGER NOT NULL,
  feature_id  INTEGER NOT NULL,
  opening     INTEGER NOT NULL,
  closing     INTEGER NOT NULL,
  max         INTEGER NOT NULL,
  seat_ms     INTEGER NOT NULL,
  denials     INTEGER NOT NULL,
  levels      TEXT NOT NULL,
  PRIMARY KEY (license_id, length, start, feature_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_span_start ON usage_span (length, start);

-- One row once all events before `until` are in spans; none where they are to be made from the first event on.
CREATE TABLE usage_position (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  until     INTEGER NOT NULL,
  built_at  INTEGER NOT NULL
) STRICT;
