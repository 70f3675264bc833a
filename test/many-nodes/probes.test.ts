import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startFloatingServer } from "../support/floating-server.ts";
import { usePostgresServer } from "../support/postgres-server.ts";
import { startVendorServer } from "../support/vendor-server.ts";

const server = await usePostgresServer({ after });

async function statusOf(url: string): Promise<number> {
  const reply = await fetch(url);
  await reply.arrayBuffer();
  return reply.status;
}

test("[OPS-3] every listener says that it is alive and ready, to anybody", async (t) => {
  const floating = await startFloatingServer(t, { config: { "auth.required": true } });
  const vendor = await startVendorServer(t);
  const listeners = [floating.url, floating.side.managementUrl, vendor.url, vendor.side.managementUrl];
  for (const url of listeners) {
    for (const path of ["/healthz", "/readyz"]) {
      const reply = await fetch(`${url}${path}`);
      assert.equal(reply.status, 200, `${url}${path}`);
      const { status, version } = (await reply.json()) as { status: string; version: string };
      assert.equal(status, "ok");
      assert.match(version, /^\d+\.\d+\.\d+/);
    }
  }
});

test("[OPS-3] while the database is away a node is alive and not ready, and is ready again by itself", {
  skip: !server.isOurs,
}, async (t) => {
  const config = { "store.url": await server.makeDatabase() };
  const node = await startFloatingServer(t, { config });
  const listeners = [node.url, node.side.managementUrl];
  for (const url of listeners) assert.equal(await statusOf(`${url}/readyz`), 200);
  await server.stop();
  for (const url of listeners) {
    const begun = performance.now();
    const reply = await fetch(`${url}/readyz`);
    assert.equal(reply.status, 503);
    assert.equal(reply.headers.get("retry-after"), "1");
    assert.equal(((await reply.json()) as { code: string }).code, "store_unavailable");
    assert.ok(performance.now() - begun < 4_000, "a probe is answered before who asks gives up");
    assert.equal(await statusOf(`${url}/healthz`), 200);
  }
  await server.start();
  for (const url of listeners) while ((await statusOf(`${url}/readyz`)) !== 200) await pause(50);
});

test("[OPS-3] any number of probes at the same time is answered, and leaves no event", async (t) => {
  const node = await startFloatingServer(t, { config: { "store.url": await server.makeDatabase() } });
  const statuses = await Promise.all(Array.from({ length: 200 }, () => statusOf(`${node.url}/readyz`)));
  assert.deepEqual([...new Set(statuses)], [200]);
  assert.equal((await node.store.events(0, 10)).length, 0);
});
