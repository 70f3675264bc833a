-- Who may use the management API, and what was made under idempotency keys.
CREATE TABLE admin (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX admin_name ON admin (document ->> '$.name');

CREATE TABLE session (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX session_token_hash ON session (document ->> '$.tokenHash');
CREATE INDEX session_admin ON session (document ->> '$.adminId');

CREATE TABLE api_token (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX api_token_token_hash ON api_token (document ->> '$.tokenHash');

CREATE TABLE made_once (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX made_once_key ON made_once (document ->> '$.key');
