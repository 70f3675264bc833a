import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { createApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { inVendorFolder } from "../support/vendor-folder.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

/** A second, and what a busy machine needs to end a process. */
const WITHIN_MS = 1_500;
const ACTIVATIONS = 200;

test("[OPS-1] SIGTERM ends a vendor that is asked for activations: exit 0 within a second, and what it signed is kept", async (t) => {
  const seatkeeper = new Seatkeeper(t, { SEATKEEPER_LICENSE_API_PORT: "0", SEATKEEPER_LOG_LEVEL: "silent" });
  const dataDir = seatkeeper.makeFolder("data");
  const { key, sharedKey, apiKey } = await inVendorFolder(dataDir, async (vendor) => {
    await makeProductWith(vendor, { code: "cad", name: "CAD" });
    const license = await makeIssued(vendor, { product: "cad" });
    const made = granted(await createApiKey(vendor, { name: "test" }));
    return { key: license.details.key, sharedKey: made.sharedKey, apiKey: made.apiKey.key };
  });
  const server = await seatkeeper.start(["vendor", "--data-dir", dataDir]);
  const url = `${server.licenseApiUrl}/api/v4/activate_license`;
  const date = new Date().toUTCString();
  const signature = signDate(sharedKey, date);
  const headers = {
    date,
    authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${apiKey}"`,
    "content-type": "application/json",
  };
  const acknowledged: string[] = [];
  const { promise: isBusy, resolve: becomeBusy } = Promise.withResolvers<void>();
  const activate = async (hardware_id: string) => {
    const body = JSON.stringify({ product: "cad", license_key: key, hardware_id });
    const reply = await fetch(url, { method: "POST", headers, body });
    await reply.text();
    if (reply.status === 200 && reply.headers.has("licensesignature")) acknowledged.push(hardware_id);
    if (acknowledged.length === 10) becomeBusy();
  };
  const calls = Promise.allSettled(Array.from({ length: ACTIVATIONS }, (_, at) => activate(`hw-${at}`)));
  await isBusy;
  const { ended, tookMs } = await server.end();
  await calls;
  assert.equal(ended, 0);
  assert.ok(tookMs < WITHIN_MS, `it took ${tookMs} ms`);
  const db = new DatabaseSync(join(dataDir, "vendor.db"), { readOnly: true });
  const rows = db.prepare("SELECT hardware_id FROM device").all();
  db.close();
  const kept = new Set(rows.map((row) => row["hardware_id"]));
  assert.deepEqual(
    acknowledged.filter((hardwareId) => !kept.has(hardwareId)),
    [],
  );
});
