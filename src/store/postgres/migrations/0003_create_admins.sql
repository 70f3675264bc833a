-- Who may use the management API, and what was made under idempotency keys.
CREATE TABLE "admin" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX admin_name ON "admin" ((document ->> 'name') COLLATE "C");

CREATE TABLE "session" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX session_token_hash ON "session" ((document ->> 'tokenHash') COLLATE "C");
CREATE INDEX session_admin ON "session" ((document ->> 'adminId') COLLATE "C");

CREATE TABLE "api_token" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX api_token_token_hash ON "api_token" ((document ->> 'tokenHash') COLLATE "C");

CREATE TABLE "made_once" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX made_once_key ON "made_once" ((document ->> 'key') COLLATE "C");
