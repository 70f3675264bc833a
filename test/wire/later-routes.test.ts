import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, routes } from "./expect-reply.ts";

const server = await startFloatingServer({ after });

const LATER: Readonly<Record<string, readonly string[]>> = {
  "/api/v4/addProduct": ["GET", "POST"],
  "/api/v4/removeProduct": ["GET", "POST"],
  "/api/v4/setKeys": ["GET", "POST"],
  "/api/v4/airgap/generate": ["POST"],
  "/api/v4/airgap/license": ["POST"],
};

test("[ERR-2] the routes whose turn has not come are these", () => {
  const later = routes.filter(({ refuses }) => refuses.includes("not_implemented"));
  assert.deepEqual(Object.fromEntries(later.map(({ paths: [path], methods }) => [path, methods])), LATER);
});

for (const [path, methods] of Object.entries(LATER)) {
  test(`[ERR-1] ${path} answers not_implemented, whatever is asked`, async () => {
    for (const method of methods) {
      for (const query of ["", "?product=cad&license_id=1&licenseKey=K&apiKey=A&sharedKey=S"]) {
        expectError(await server.send({ method, path: `${path}${query}` }), "not_implemented");
      }
      if (method === "POST") {
        for (const body of [{}, { product: "cad", license_key: "K" }, { username: "u", password: "p" }]) {
          expectError(await server.send({ method, path, body }), "not_implemented");
        }
      }
    }
  });
}
