import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { startFloatingProcess } from "../support/floating-process.ts";
import { usePostgresServer } from "../support/postgres-server.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { FOLDER } from "./deploy-files.ts";

const server = await usePostgresServer({ after });

for (const file of ["kubernetes/seatkeeper.yaml", "compose/seatkeeper.yaml"]) {
  test(`[OPS-4] [STORE-9] two nodes run by ${file}, and are one server`, async (t) => {
    const folder = useTempFolder(t);
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    writeFileSync(join(folder, "vendor.pem"), publicKey.export({ type: "spki", format: "pem" }));
    for (const name of ["db-password", "shared-key"]) writeFileSync(join(folder, name), "secret\n");
    // What is otherwise here: where the database and the secrets are.
    const flags = [
      ...["--config", `${FOLDER}/${file}`, "--store.url", await server.makeDatabase()],
      ...["--store.password-file", join(folder, "db-password"), "--vendor.public-key-file", join(folder, "vendor.pem")],
      ...["--vendor.api-key", "key", "--vendor.shared-key-file", join(folder, "shared-key")],
      ...["--log.level", "warn"],
    ];
    const start = async (name: string) => {
      const node = await startFloatingProcess(join(folder, name), ...flags);
      t.after(() => node.child.kill("SIGKILL"));
      return node;
    };
    const nodes = await Promise.all([start("node-1"), start("node-2")]);
    assert.equal(nodes[0].hardwareId, nodes[1].hardwareId);
    for (const { url } of nodes) {
      assert.equal(await statusOf(`${url}/readyz`, new URL(url).host), 200);
      assert.equal(await statusOf(`${url}/readyz`, "evil.example"), 403);
    }
    if (file.startsWith("kubernetes")) assert.equal(await statusOf(`${nodes[0].url}/readyz`, "seatkeeper:8080"), 200);
    assert.deepEqual(await Promise.all(nodes.map((node) => node.end("SIGTERM"))), [0, 0]);
  });
}

/** @param host that the request says it is for */
function statusOf(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    })
      .on("error", reject)
      .end();
  });
}
