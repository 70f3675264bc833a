import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { SOCKET } from "./postgres-server.ts";

/** Stands between a node and its server, and loses what it is told to lose. */
export interface PostgresProxy {
  readonly url: string;
  /** Cuts the connection that sends the next COMMIT: before the server hears of it, or before its answer is passed on. */
  cutAtCommit(what: "request" | "answer"): void;
  /** Cuts the connection that next sends a statement of that name, before its answer is passed on. */
  loseAnswerTo(statement: string): void;
  /** Errors of the server say their severity in that word, of five letters, as a server in another language does. */
  sayInsteadOfError(word: string): void;
  /** Passes nothing on, and says nothing. */
  stall(): void;
  goOn(): void;
  /** How many connections were cut. */
  readonly cuts: number;
}

/** @param url of a server behind a socket of its own */
export async function usePostgresProxy(t: TestContext, url: string): Promise<PostgresProxy> {
  const target = join(new URL(url).searchParams.get("host") as string, SOCKET);
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-proxy-"));
  const sockets = new Set<Socket>();
  const state = {
    lost: undefined as "request" | "answer" | undefined,
    statement: undefined as string | undefined,
    word: undefined as string | undefined,
    cuts: 0,
    isStalled: false,
  };
  const server = createServer((client) => {
    const upstream = createConnection(target);
    const both = [client, upstream];
    let isAsked = false;
    const cut = () => {
      state.lost = undefined;
      state.cuts += 1;
      // What was passed on before is still delivered.
      upstream.end();
      client.destroy();
    };
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    client.on("data", (bytes) => {
      if (state.statement !== undefined && bytes.includes(state.statement)) {
        state.statement = undefined;
        isAsked = true;
      }
      if (state.lost === "request" && bytes.includes("COMMIT\0")) cut();
      else if (!state.isStalled) upstream.write(bytes);
    });
    upstream.on("data", (bytes: Buffer) => {
      const said = bytes.indexOf("SERROR\0");
      if (state.word !== undefined && said >= 0) bytes.write(state.word, said + 1);
      if ((state.lost === "answer" && bytes.includes("COMMIT\0")) || (isAsked && bytes.includes("INSERT 0"))) cut();
      else if (!state.isStalled && !client.destroyed) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, SOCKET), resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const proxied = new URL(url);
  proxied.searchParams.set("host", folder);
  return {
    url: proxied.href,
    cutAtCommit(what) {
      state.lost = what;
    },
    loseAnswerTo(statement) {
      state.statement = statement;
    },
    sayInsteadOfError(word) {
      state.word = word;
    },
    stall() {
      state.isStalled = true;
    },
    goOn() {
      state.isStalled = false;
      for (const socket of sockets) socket.destroy();
    },
    get cuts() {
      return state.cuts;
    },
  };
}
