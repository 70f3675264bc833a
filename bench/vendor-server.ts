import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Application, Load } from "./load/load.ts";
import { countPools, type Pools } from "./pools.ts";
import { type ServerProcess, startServer } from "./processes.ts";
import { ROOM, type SeatServerOptions } from "./seat-server.ts";
import { makeVendorDatabase } from "./vendor-database.ts";
import { verifyDatabase } from "./verify.ts";

/** Pools, how many live seats they get, evenly, and devices to hold and take them. */
export interface VendorFilling {
  readonly pools: Pools;
  readonly seats: number;
  /** Active on each license: at least `seats`, and so many more as come in turn. */
  readonly devices: number;
}

/** The real License API on a data folder of its own, with devices activated and seats taken. */
export interface VendorServer {
  readonly process: ServerProcess;
  readonly application: Application;
  /** PEM file with the key that replies are signed with. */
  readonly privateKeyFile: string;
  /** Stops it, and verifies what it left. @throws Error that says what is wrong */
  finish(): Promise<{ readonly found: string; readonly signatures: Signatures }>;
}

/**
 * What the server did for its signatures since it started, as it logs when it stops: it alone knows, and clients are not
 * to be told. Equal signatures of equal texts would prove nothing, for the scheme has no randomness.
 */
export interface Signatures {
  readonly signed: number;
  /** Answered by a signature that was there. */
  readonly reused: number;
}

export async function startVendorServer(
  { folder, generator, nodeFlags = [] }: Omit<SeatServerOptions, "vendor">,
  { pools, seats, devices }: VendorFilling,
): Promise<VendorServer> {
  mkdirSync(folder, { recursive: true });
  const capacity = Math.ceil(seats / countPools(pools)) + ROOM;
  const database = await makeVendorDatabase(folder, { pools, capacity, devices });
  const { file, dataDir, application, privateKeyFile } = database;
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  // Below "warn", so that it tells at its end how many signatures it made.
  const flags = ["--data-dir", dataDir, "--license-api.port", "0", "--management.port", "0", "--log.level", "info"];
  const server = await startServer([...nodeFlags, main, "vendor", ...flags], /^License API.*\n/m);
  if (seats > 0) {
    const { port, pid: serverPid } = server;
    const until = { requests: seats };
    const fill: Load = { kind: "renewals", port, serverPid, application, connections: 64, pools, seats, until };
    const { wrong, firstWrong } = await generator.run(fill);
    if (wrong > 0) throw new Error(`the pools could not be filled: ${firstWrong}`);
  }
  return {
    process: server,
    application,
    privateKeyFile,
    async finish() {
      const signatures = findSignatures(await server.stop());
      return { found: await verifyDatabase(file, { featureSeats: seats, licenseSeats: 0 }), signatures };
    },
  };
}

function findSignatures(log: readonly string[]): Signatures {
  const line = log.findLast((each) => each.includes('"reused":'));
  if (line === undefined) throw new Error("the License API did not log how many signatures it made");
  const { signed, reused } = JSON.parse(line) as Signatures;
  return { signed, reused };
}
