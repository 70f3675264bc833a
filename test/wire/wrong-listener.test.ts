import assert from "node:assert/strict";
import { test } from "node:test";
import pino from "pino";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError } from "./expect-reply.ts";

test("[ERR-1] a signed request of the License API is answered as this API does, and the log says that the address is wrong", async (t) => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(line) });
  const server = await startFloatingServer(t, { log });
  const headers = { authorization: 'algorithm="hmac-sha256",headers="date",signature="secret",apikey="secret"' };
  for (const [method, path, code] of [
    ["POST", "/api/v4/activate_license", "not_found"],
    ["GET", "/api/v4/check_license?license_key=secret", "not_found"],
    ["GET", "/api/v4/check_license_feature?license_key=secret", "method_not_allowed"],
    ["POST", "/api/v4/add_consumption", "missing_parameters"],
  ] as const) {
    lines.length = 0;
    expectError(await server.send({ method, path, headers }), code);
    assert.equal(lines.length, 1, path);
    assert.match(lines[0] ?? "", /meant for the License API/);
    assert.doesNotMatch(lines[0] ?? "", /secret/);
  }
  lines.length = 0;
  expectError(await server.send({ method: "POST", path: "/api/v4/activate_license" }), "not_found");
  assert.deepEqual(lines, [], "who does not sign gets no hint: it may be anyone");
});
