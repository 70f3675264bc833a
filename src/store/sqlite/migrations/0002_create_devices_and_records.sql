-- Licenses that a vendor issues come from no file, so the file's columns may be empty.
CREATE TABLE license_2 (
  id           INTEGER PRIMARY KEY,
  added        INTEGER NOT NULL UNIQUE,
  product      TEXT NOT NULL,
  document     TEXT NOT NULL,
  file_digest  TEXT,
  file_issued  INTEGER
) STRICT;
INSERT INTO license_2 SELECT id, added, product, document, file_digest, file_issued FROM license;
DROP TABLE license;
ALTER TABLE license_2 RENAME TO license;

-- The id that the next new thing of a kind gets; kinds without a row have numbered nothing yet.
CREATE TABLE sequence (
  kind  TEXT PRIMARY KEY,
  next  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each license and hardware id; `document` is the domain's device as JSON.
CREATE TABLE device (
  id           INTEGER PRIMARY KEY,
  license_id   INTEGER NOT NULL,
  hardware_id  TEXT NOT NULL,
  document     TEXT NOT NULL,
  UNIQUE (license_id, hardware_id)
) STRICT;
CREATE INDEX device_hardware_id ON device (hardware_id);

-- Records: a table for each kind, the domain's record as JSON, and an index for each field it is found by.
CREATE TABLE product (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX product_code ON product (document ->> '$.code');

CREATE TABLE policy (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE INDEX policy_product ON policy (document ->> '$.productId');

CREATE TABLE bundle (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX bundle_code ON bundle (document ->> '$.code');

CREATE TABLE installation_file (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE INDEX installation_file_product ON installation_file (document ->> '$.productId');

CREATE TABLE customer (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE INDEX customer_email ON customer (document ->> '$.email');
CREATE INDEX customer_account_code ON customer (document ->> '$.accountCode');

CREATE TABLE "order" (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX order_store_id ON "order" (document ->> '$.storeId');
CREATE INDEX order_customer ON "order" (document ->> '$.customerId');

CREATE TABLE user (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX user_username ON user (document ->> '$.username');
CREATE INDEX user_customer ON user (document ->> '$.customerId');

CREATE TABLE api_key (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX api_key_key ON api_key (document ->> '$.key');

CREATE TABLE oauth_client (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX oauth_client_client_id ON oauth_client (document ->> '$.clientId');

CREATE TABLE signing_key (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;

CREATE TABLE offline_request (id INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX offline_request_request_id ON offline_request (document ->> '$.requestId');
