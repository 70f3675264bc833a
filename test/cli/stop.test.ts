import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { makeVendor, requestFlags, requestLicense, uploadLicense } from "../support/license-files.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

/** A second, and what a busy machine needs to end a process. */
const WITHIN_MS = 1_500;
const SEATS = 100_000;
const vendor = makeVendor();
const license = makeLicense({ capacity: SEATS, features: [makeFeature({ capacity: SEATS })] });

async function startServer(seatkeeper: Seatkeeper): Promise<Running> {
  writeFileSync(join(seatkeeper.folder, "vendor.pem"), vendor.publicKey);
  const server = await seatkeeper.start([
    "floating",
    "--vendor.public-key-file",
    "vendor.pem",
    "--floating-server.port",
    "0",
    "--log.level",
    "silent",
    ...requestFlags(seatkeeper.folder),
  ]);
  const file = await vendor.answerRequest(await requestLicense(server.url, license), license);
  assert.equal((await uploadLicense(server.url, file)).status, 200);
  return server;
}

/** Who has a feature seat in the database that the server left. */
function holdersIn(seatkeeper: Seatkeeper): Set<string> {
  const db = new DatabaseSync(join(seatkeeper.folder, "data", "floating.db"), { readOnly: true });
  const rows = db.prepare("SELECT holder FROM seat WHERE feature_id = 11").all();
  db.close();
  return new Set(rows.map((row) => row["holder"] as string));
}

const portOf = ({ url }: Running) => Number(new URL(url).port);

/** A connection, and all that came over it. */
class Wire {
  readonly socket: Socket;
  received = "";

  constructor(server: Running) {
    this.socket = connect(portOf(server), "127.0.0.1");
    this.socket.on("data", (chunk) => {
      this.received += chunk;
    });
    this.socket.on("error", () => {});
  }

  async until(text: string): Promise<void> {
    while (!this.received.includes(text)) await once(this.socket, "data");
  }
}

/** Sends the head of a request, and waits until the server has it and wants the rest. */
async function halfSent(server: Running, user: string): Promise<{ wire: Wire; body: string }> {
  const body = JSON.stringify({ product: "cad", feature: "render", user });
  const wire = new Wire(server);
  wire.socket.write(
    `POST /api/v4/featureRegister HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  await wire.until("100 Continue");
  return { wire, body };
}

async function untilRefused(server: Running): Promise<void> {
  for (;;) {
    const socket = connect(portOf(server), "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) =>
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false)),
    );
    socket.destroy();
    if (!isOpen) return;
  }
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`[OPS-1] ${signal} ends with 0 within a second, whatever clients hold open`, async (t) => {
    const seatkeeper = new Seatkeeper(t);
    const server = await startServer(seatkeeper);
    const silent = new Wire(server);
    await once(silent.socket, "connect");
    const idle = new Wire(server);
    idle.socket.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await idle.until("200 OK");
    await halfSent(server, "never comes");
    const { ended, tookMs } = await server.end(signal);
    assert.equal(ended, 0);
    assert.ok(tookMs < WITHIN_MS, `${tookMs} ms`);
    assert.deepEqual(holdersIn(seatkeeper), new Set());
  });

  test(`[OPS-1] after ${signal} there are no new connections, and a request in flight is answered`, async (t) => {
    const seatkeeper = new Seatkeeper(t);
    const server = await startServer(seatkeeper);
    const { wire, body } = await halfSent(server, "ada");
    const ending = server.end(signal);
    await untilRefused(server);
    wire.socket.write(body);
    await once(wire.socket, "close");
    assert.match(wire.received, /HTTP\/1\.1 200 OK\r\n.*"floating_in_use_devices":1/s);
    const { ended, tookMs } = await ending;
    assert.equal(ended, 0);
    assert.ok(tookMs < WITHIN_MS, `${tookMs} ms`);
    assert.deepEqual(holdersIn(seatkeeper), new Set(["ada"]));
  });
}

/** Registers one user. @returns the status, or the code of the connection's error */
function register(server: Running, agent: Agent, user: string): Promise<number | string> {
  const { promise, resolve } = Promise.withResolvers<number | string>();
  const outgoing = request(`${server.url}/api/v4/featureRegister`, {
    method: "POST",
    agent,
    headers: { "content-type": "application/json" },
  });
  outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  outgoing.on("response", (incoming) => {
    incoming.resume().on("error", () => {});
    incoming.on("close", () => resolve(incoming.complete ? (incoming.statusCode ?? 0) : "cut off"));
  });
  outgoing.end(JSON.stringify({ product: "cad", feature: "render", user }));
  return promise;
}

test("[OPS-1] under load every answer is a whole one, and every seat that was granted is in the database", async (t) => {
  const seatkeeper = new Seatkeeper(t);
  const server = await startServer(seatkeeper);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  t.after(() => agent.destroy());
  const granted: string[] = [];
  const others = new Set<number | string>();
  let ending: ReturnType<Running["end"]> | undefined;
  const work = async (worker: number) => {
    for (let turn = 0; ; turn += 1) {
      const user = `user-${worker}-${turn}`;
      const result = await register(server, agent, user);
      if (result === 200) granted.push(user);
      else {
        others.add(result);
        return;
      }
      if (granted.length >= 500) ending ??= server.end("SIGTERM");
    }
  };
  await Promise.all(Array.from({ length: 32 }, (_, worker) => work(worker)));
  const finished = await ending;
  assert.equal(finished?.ended, 0);
  assert.ok((finished?.tookMs ?? 0) < WITHIN_MS, `${finished?.tookMs} ms`);
  const gone = ["ECONNREFUSED", "ECONNRESET", "EPIPE"];
  assert.deepEqual(
    [...others].filter((result) => !gone.includes(String(result))),
    [],
  );
  assert.deepEqual([...holdersIn(seatkeeper)].sort(), granted.sort(), "and no seat without an answer");
});
