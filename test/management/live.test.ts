import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Ajv } from "ajv";
import { watchLive } from "../../src/management/operations/live.ts";
import { createApiToken, revokeApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { startFloatingServer, type TestServer } from "../support/floating-server.ts";
import { makeLicense } from "../support/make-license.ts";
import { granted } from "../support/make-products.ts";
import { giveBack, takeSeat, wantSeat } from "./seat-takers.ts";

const ajv = new Ajv({ strict: false });
const HOUR = 3_600_000;

/** Listens as a browser's EventSource does. */
class Stream {
  readonly response: Response;
  readonly #texts: AsyncIterator<string>;
  #buffer = "";

  constructor(response: Response) {
    assert.ok(response.body !== null);
    this.response = response;
    this.#texts = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  }

  /** The next block of lines; undefined at the end. */
  async next(): Promise<Readonly<Record<string, string>> | undefined> {
    while (!this.#buffer.includes("\n\n")) {
      const { value, done } = await this.#texts.next();
      if (done) return undefined;
      this.#buffer += value;
    }
    const end = this.#buffer.indexOf("\n\n");
    const lines = this.#buffer.slice(0, end).split("\n");
    this.#buffer = this.#buffer.slice(end + 2);
    return Object.fromEntries(lines.map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  }

  /** The pools of the next `count` events. */
  async pools(count: number): Promise<unknown[]> {
    const pools: unknown[] = [];
    while (pools.length < count) {
      const block = await this.next();
      if (block === undefined) throw new Error("the stream has ended");
      assert.equal(block["event"], "seats");
      const pool = JSON.parse(block["data"] ?? "");
      assert.ok(ajv.validate(watchLive.reply, pool), JSON.stringify(pool));
      pools.push([pool.feature, pool.in_use, pool.seats]);
    }
    return pools;
  }

  end(): Promise<unknown> {
    return this.response.body === null ? Promise.resolve() : Promise.resolve(this.#texts.return?.());
  }
}

async function listen(t: TestContext, server: TestServer, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${server.side.managementUrl}/manage/v1/live`, { headers });
  assert.deepEqual([response.status, response.headers.get("content-type")], [200, "text/event-stream"]);
  const stream = new Stream(response);
  t.after(() => stream.end());
  const first = await stream.next();
  assert.equal(first?.["retry"], "2000");
  return { stream, id: Number(first?.["id"]) };
}

async function start(t: TestContext) {
  const server = await startFloatingServer(t, { licenses: [makeLicense()] });
  const { apiToken, token } = granted(await createApiToken(server.store, { name: "test", role: "viewer" }));
  return { server, apiToken, headers: { authorization: `Bearer ${token}` } };
}

test("[MANAGE-8] every listener is told of each pool that changes, within a second", async (t) => {
  const { server, headers } = await start(t);
  const [one, two] = [await listen(t, server, headers), await listen(t, server, headers)];
  await takeSeat(server, "ann");
  const since = performance.now();
  const taken = [
    [null, 1, 10],
    ["render", 1, 2],
  ];
  assert.deepEqual(await one.stream.pools(2), taken);
  assert.deepEqual(await two.stream.pools(2), taken);
  assert.ok(performance.now() - since < 1_000);
  await takeSeat(server, "bob");
  await wantSeat(server, "cyd");
  await giveBack(server, "ann");
  await takeSeat(server, "cyd");
  await giveBack(server, "bob");
  await giveBack(server, "cyd");
  // What happens within one look may be told of at once; what comes last is how it is.
  const isLast = (pool: unknown) => JSON.stringify(pool) === '["render",0,2]';
  for (let seen = 0, last: unknown; !isLast(last); seen += 1) {
    assert.ok(seen < 10, "the last state is told of");
    [last] = await one.stream.pools(1);
  }
});

test("[MANAGE-8] a seat that runs out is told of, although nothing was asked", async (t) => {
  const { server, headers } = await start(t);
  await takeSeat(server, "ann");
  const { stream } = await listen(t, server, headers);
  server.clock.advance(HOUR);
  assert.deepEqual(await stream.pools(2), [
    [null, 0, 10],
    ["render", 0, 2],
  ]);
});

test("[MANAGE-8] who comes again with the last id is told of what changed meanwhile", async (t) => {
  const { server, headers } = await start(t);
  const { stream, id } = await listen(t, server, headers);
  await stream.end();
  await takeSeat(server, "ann");
  const again = await listen(t, server, { ...headers, "last-event-id": String(id) });
  assert.ok(again.id > id);
  assert.deepEqual(await again.stream.pools(2), [
    [null, 1, 10],
    ["render", 1, 2],
  ]);
  const upToDate = await listen(t, server, { ...headers, "last-event-id": String(again.id) });
  await takeSeat(server, "bob");
  assert.deepEqual(await upToDate.stream.pools(2), [
    [null, 2, 10],
    ["render", 2, 2],
  ]);
});

test("[MANAGE-8] [ADMIN-7] a revoked token ends what it listens to", async (t) => {
  const { server, apiToken, headers } = await start(t);
  const { stream } = await listen(t, server, headers);
  await revokeApiToken(server.store, apiToken.id);
  assert.equal(await stream.next(), undefined);
});

test("[MANAGE-8] [ADMIN-3] a session that ends, or is not used, ends what it listens to", async (t) => {
  const { server } = await start(t);
  const password = "correct horse battery";
  granted(await createAdmin(server.store, { name: "ada", password, role: "viewer" }));
  const url = `${server.side.managementUrl}/manage/v1/session`;
  for (const end of ["log-out", "idle"] as const) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "ada", password }),
    });
    const { csrf_token: csrf } = (await response.json()) as { csrf_token: string };
    const cookie = response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
    const { stream } = await listen(t, server, { cookie });
    if (end === "idle") server.clock.advance(2 * HOUR);
    else await fetch(url, { method: "DELETE", headers: { cookie, "x-csrf-token": csrf } });
    assert.equal(await stream.next(), undefined, end);
  }
});

test("[MANAGE-8] a server that stops ends every stream, and stops within a second", async (t) => {
  const { server, headers } = await start(t);
  const streams = [await listen(t, server, headers), await listen(t, server, headers)];
  const since = performance.now();
  await server.stop();
  assert.ok(performance.now() - since < 1_000, `it took ${performance.now() - since} ms`);
  for (const { stream } of streams) assert.equal(await stream.next().catch(() => undefined), undefined);
});
