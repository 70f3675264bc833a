import assert from "node:assert/strict";
import { test } from "node:test";
import type { Side } from "../../src/management/operation.ts";
import { type Running, Seatkeeper } from "../cli/run-seatkeeper.ts";
import { ManagementClient, type ManagementReply } from "../support/management-client.ts";
import { PASSWORD } from "./log-in.ts";

const WRONG = "staple-battery-4711";
const NEXT = "another-horse-4712";
const LICENSE_KEY = "ABCD-EFGH-JKLM-NPQR";

/** One who manages a server that logs all it can, and remembers every secret that went either way. */
class Manager {
  readonly secrets = new Set<string>([PASSWORD, WRONG, NEXT, LICENSE_KEY]);
  readonly #server: Running;
  readonly #url: string;
  readonly #client: ManagementClient;

  constructor(server: Running, url: string) {
    this.#server = server;
    this.#url = url;
    this.#client = new ManagementClient(url);
  }

  /** @returns the reply; what it has of secrets is remembered */
  async ask(status: number, ...[method, path, body, headers]: Request): Promise<ManagementReply> {
    const reply = await (method === "get" || method === "delete"
      ? this.#client[method](path, headers)
      : this.#client[method](path, body, headers));
    assert.equal(reply.status, status, `${method} ${path}: ${JSON.stringify(reply.body)}`);
    for (const name of ["token", "csrf_token", "shared_key", "client_secret", "password", "key", "file"]) {
      const secret = reply.body?.[name];
      if (typeof secret === "string") this.secrets.add(secret);
    }
    return reply;
  }

  /** Sends a text as a body, as it is. */
  async raw(status: number, path: string, body: string, headers: Record<string, string>): Promise<void> {
    const { status: got } = await fetch(`${this.#url}/manage/v1${path}`, { method: "POST", body, headers });
    assert.equal(got, status, path);
  }

  /** Logs in. @returns the headers of a change */
  async logIn(password: string): Promise<Record<string, string>> {
    return this.#own(await this.ask(201, "post", "/session", { name: "ann", password }));
  }

  async changePassword(own: Record<string, string>): Promise<Record<string, string>> {
    const path = "/session/password";
    await this.ask(401, "post", path, { current_password: WRONG, new_password: NEXT }, own);
    return this.#own(await this.ask(200, "post", path, { current_password: PASSWORD, new_password: NEXT }, own));
  }

  #own({ headers, body }: ManagementReply): Record<string, string> {
    const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
    this.secrets.add(cookie.slice(cookie.indexOf("=") + 1));
    return { cookie, "x-csrf-token": String(body.csrf_token) };
  }

  /** Ends the server. @throws where a secret is in its log */
  async assertNothingTold(): Promise<void> {
    const { stderr, ended } = await this.#server.end();
    assert.equal(ended, 0);
    assert.match(stderr, /management API listens/);
    for (const secret of this.secrets) {
      assert.ok(secret.length >= 10, `${secret} is long enough to be found`);
      for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        assert.ok(!stderr.includes(form), `${form} is in the log: ${stderr}`);
      }
    }
  }
}

type Request = [
  method: "get" | "post" | "patch" | "delete",
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
];

async function startTalkative(seatkeeper: Seatkeeper, side: Side): Promise<Manager> {
  const server = await seatkeeper.start([side, "--log.level", "trace"], {
    SEATKEEPER_FLOATING_SERVER_PORT: "0",
    SEATKEEPER_LICENSE_API_PORT: "0",
  });
  const [, url = ""] = await server.printed(/^Management {7}(\S+)/m);
  const [, setUp = ""] = await server.printed(/#setup=(\S+)/);
  const manager = new Manager(server, url);
  manager.secrets.add(setUp);
  const ann = { name: "ann", password: PASSWORD };
  await manager.ask(403, "post", "/setup", { ...ann, token: WRONG });
  await manager.ask(201, "post", "/setup", { ...ann, token: setUp });
  return manager;
}

/** What goes wrong about bodies, addresses and headers with a secret in them. */
async function blunder(manager: Manager, own: Record<string, string>): Promise<void> {
  const json = { "content-type": "application/json" };
  await manager.raw(400, "/session", `{"name": "ann", "password": "${WRONG}`, json);
  await manager.raw(415, "/session", `name=ann&password=${WRONG}`, { "content-type": "text/plain" });
  await manager.raw(413, "/session", JSON.stringify({ name: "ann", password: WRONG.repeat(60_000) }), json);
  await manager.ask(422, "post", "/session", { name: 5, password: [WRONG], [WRONG]: true });
  await manager.ask(403, "post", "/tokens", { name: "t" }, { ...own, "x-csrf-token": WRONG });
  await manager.ask(401, "get", `/session?token=${WRONG}`, undefined, { authorization: `Bearer ${WRONG}` });
  await manager.ask(401, "get", "/session", undefined, { authorization: `Basic ${btoa(`ann:${WRONG}`)}` });
  await manager.ask(401, "get", "/session", undefined, { cookie: `seatkeeper_vendor=${WRONG}; other=${WRONG}` });
  await manager.ask(404, "get", `/nothing/${LICENSE_KEY}?password=${WRONG}`);
  await manager.ask(400, "get", `/%zz${WRONG}?token=${WRONG}`);
}

/** What both sides have: set-up, log-in, admins, tokens. */
async function manageBoth(manager: Manager): Promise<Record<string, string>> {
  await manager.ask(401, "post", "/session", { name: "ann", password: WRONG });
  const own = await manager.changePassword(await manager.logIn(PASSWORD));
  await blunder(manager, own);
  await manager.ask(201, "post", "/admins", { name: "bob", password: PASSWORD, role: "viewer" }, own);
  await manager.ask(422, "post", "/admins", { name: "cy", password: NEXT, role: "king" }, own);
  const { body } = await manager.ask(201, "post", "/tokens", { name: "t", role: "admin" }, own);
  const token = { authorization: `Bearer ${body.token}` };
  await manager.ask(200, "get", "/events?format=csv", undefined, token);
  await manager.ask(204, "delete", `/tokens/${body.id}`, undefined, own);
  await manager.ask(401, "get", "/session", undefined, token);
  return own;
}

test("[AUTH-5] what the vendor's management API is told and tells in confidence is not in its log", async (t) => {
  const manager = await startTalkative(new Seatkeeper(t), "vendor");
  const own = await manageBoth(manager);
  const ask = (status: number, method: Request[0], path: string, body?: unknown) =>
    manager.ask(status, method, path, body, own);
  await ask(201, "post", "/products", { code: "cad", name: "CAD" });
  await ask(201, "post", "/licenses", { product: "cad", key: LICENSE_KEY });
  await ask(201, "post", "/licenses", { product: "cad" });
  await ask(409, "post", "/licenses", { product: "cad", key: LICENSE_KEY });
  await ask(200, "get", `/licenses?key=${LICENSE_KEY}`);
  await ask(422, "get", `/licenses/${LICENSE_KEY}`);
  await ask(404, "post", `/licenses/${LICENSE_KEY}`);
  await ask(422, "patch", `/licenses/${LICENSE_KEY}`, { seats: -1, key: LICENSE_KEY });
  const { body: apiKey } = await ask(201, "post", "/api-keys", { name: "shop" });
  await ask(200, "post", `/api-keys/${apiKey.key}/rotate`);
  const { body: client } = await ask(201, "post", "/oauth-clients", { name: "portal" });
  await ask(200, "post", `/oauth-clients/${client.client_id}/rotate`);
  await ask(201, "post", "/users", { username: "ada@example.com" });
  await ask(200, "post", "/users/ada@example.com/password", { password: NEXT });
  await ask(200, "post", "/users/ada@example.com/password");
  await ask(422, "post", "/requests/answer", { file: LICENSE_KEY });
  await manager.assertNothingTold();
});

test("[AUTH-5] what the floating server's management API is told and tells in confidence is not in its log", async (t) => {
  const manager = await startTalkative(new Seatkeeper(t), "floating");
  const own = await manageBoth(manager);
  await manager.ask(422, "post", "/requests", { product: "cad", license_key: LICENSE_KEY, password: [WRONG] }, own);
  await manager.ask(422, "post", "/requests", { product: "cad", username: "ada", password: WRONG }, own);
  await manager.assertNothingTold();
});
