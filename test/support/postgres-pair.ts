import { execFileSync } from "node:child_process";
import { appendFileSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { findBinaries, makeCluster, NOBODY, SOCKET, startServer, stop } from "./postgres-server.ts";

/** A primary, a standby that follows it, and one address that leads to the one of them that it is told to. */
export interface PostgresPair {
  readonly url: string;
  readonly primary: PairServer;
  readonly standby: PairServer;
  /** Cuts what leads elsewhere. */
  leadTo(server: PairServer): void;
}

export interface PairServer {
  /** Past the common address. */
  readonly url: string;
  readonly socketFolder: string;
  start(): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** Starts both, for as long as the test runs. */
export async function usePostgresPair(t: TestContext): Promise<PostgresPair> {
  const folder = makeFolder();
  const closing: (() => void | Promise<void>)[] = [];
  t.after(async () => {
    for (const close of closing.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  const { initdb, postgres } = await findBinaries(folder);
  const make = (name: string) => makeServer(postgres, join(folder, name));
  const primary = make("primary");
  const standby = make("standby");
  closing.push(() => primary.stop("SIGQUIT"));
  closing.push(() => standby.stop("SIGQUIT"));
  await makeCluster(initdb, dataOf(primary));
  // A copy of what was stopped is what a standby may begin with.
  execFileSync("cp", ["-a", dataOf(primary), dataOf(standby)]);
  writeFileSync(join(dataOf(standby), "standby.signal"), "");
  const follow = `host=${primary.socketFolder} user=tester application_name=standby`;
  appendFileSync(join(dataOf(standby), "postgresql.conf"), `primary_conninfo = '${follow}'\n`);
  appendFileSync(join(dataOf(primary), "postgresql.conf"), "synchronous_standby_names = 'standby'\n");
  await primary.start();
  await standby.start();
  const front = await openFront(join(folder, "front"), primary);
  closing.push(() => front.close());
  return { url: urlOf(join(folder, "front")), primary, standby, leadTo: front.leadTo };
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-pair-"));
  for (const name of ["primary", "standby", "front"]) mkdirSync(join(folder, name));
  if (process.getuid?.() === 0) {
    for (const each of [folder, join(folder, "primary"), join(folder, "standby")]) chownSync(each, NOBODY, NOBODY);
  }
  return folder;
}

function makeServer(postgres: string, socketFolder: string): PairServer {
  let running: Awaited<ReturnType<typeof startServer>> | undefined;
  return {
    url: urlOf(socketFolder),
    socketFolder,
    async start() {
      running = await startServer(postgres, join(socketFolder, "data"), socketFolder, {});
    },
    stop: (signal) => stop(running, signal),
  };
}

function dataOf({ socketFolder }: PairServer): string {
  return join(socketFolder, "data");
}

function urlOf(socketFolder: string): string {
  return `postgres://tester@localhost/postgres?host=${encodeURIComponent(socketFolder)}`;
}

async function openFront(folder: string, first: PairServer) {
  let target = first;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection(join(target.socketFolder, SOCKET));
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(join(folder, SOCKET), resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    leadTo(other: PairServer) {
      target = other;
      cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}
