-- Usage of pools by minutes, hours and days (UTC), made from events; only where something happened. `start` is in
-- milliseconds since 1970 UTC, `levels` is JSON: [[seats, milliseconds], …].
CREATE TABLE usage_span (
  license_id  bigint NOT NULL,
  length      text NOT NULL,
  start       bigint NOT NULL,
  feature_id  bigint NOT NULL,
  opening     bigint NOT NULL,
  closing     bigint NOT NULL,
  max         bigint NOT NULL,
  seat_ms     bigint NOT NULL,
  denials     bigint NOT NULL,
  levels      json NOT NULL,
  PRIMARY KEY (license_id, length, start, feature_id)
);
CREATE INDEX usage_span_start ON usage_span (length, start, license_id, feature_id);

-- One row once all events before `until` are in spans; none where they are to be made from the first event on.
CREATE TABLE usage_position (
  one       integer PRIMARY KEY CHECK (one = 1),
  until     bigint NOT NULL,
  built_at  bigint NOT NULL
);
