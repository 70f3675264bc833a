-- The id that the next new thing of a kind gets; kinds without a row have numbered nothing yet.
CREATE TABLE sequence (
  kind  text PRIMARY KEY,
  next  bigint NOT NULL
);

-- One row for each license and hardware id; `document` is the domain's device as JSON.
CREATE TABLE device (
  id           bigint PRIMARY KEY,
  license_id   bigint NOT NULL,
  hardware_id  text COLLATE "C" NOT NULL,
  document     json NOT NULL,
  UNIQUE (license_id, hardware_id)
);
CREATE INDEX device_hardware_id ON device (hardware_id);

-- Records: a table for each kind, the domain's record as JSON, and an index for each field it is found by.
CREATE TABLE "product" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX product_code ON "product" ((document ->> 'code') COLLATE "C");

CREATE TABLE "policy" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE INDEX policy_product ON "policy" ((document ->> 'productId') COLLATE "C");

CREATE TABLE "bundle" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX bundle_code ON "bundle" ((document ->> 'code') COLLATE "C");

CREATE TABLE "installation_file" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE INDEX installation_file_product ON "installation_file" ((document ->> 'productId') COLLATE "C");

CREATE TABLE "customer" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE INDEX customer_email ON "customer" ((document ->> 'email') COLLATE "C");
CREATE INDEX customer_account_code ON "customer" ((document ->> 'accountCode') COLLATE "C");

CREATE TABLE "order" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX order_store_id ON "order" ((document ->> 'storeId') COLLATE "C");
CREATE INDEX order_customer ON "order" ((document ->> 'customerId') COLLATE "C");

CREATE TABLE "user" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX user_username ON "user" ((document ->> 'username') COLLATE "C");
CREATE INDEX user_customer ON "user" ((document ->> 'customerId') COLLATE "C");

CREATE TABLE "api_key" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX api_key_key ON "api_key" ((document ->> 'key') COLLATE "C");

CREATE TABLE "oauth_client" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX oauth_client_client_id ON "oauth_client" ((document ->> 'clientId') COLLATE "C");

CREATE TABLE "signing_key" (id bigint PRIMARY KEY, document json NOT NULL);

CREATE TABLE "offline_request" (id bigint PRIMARY KEY, document json NOT NULL);
CREATE UNIQUE INDEX offline_request_request_id ON "offline_request" ((document ->> 'requestId') COLLATE "C");
