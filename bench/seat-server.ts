import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importLicenses, type Vendor } from "./licenses.ts";
import type { Load } from "./load/load.ts";
import { countPools, type Pools } from "./pools.ts";
import { type Generator, type ServerProcess, startServer } from "./processes.ts";
import { verifyDatabase } from "./verify.ts";

/** Room in each pool beside the live seats: as many as connections ever ask at once. */
export const ROOM = 256;

/** Pools and how many live seats they get, evenly. */
export interface Filling {
  readonly pools: Pools;
  readonly seats: number;
  /** Pools with exactly as many places as seats: they deny whoever comes next. */
  readonly isFull?: boolean;
}

export interface SeatServerOptions {
  readonly folder: string;
  readonly vendor: Vendor;
  readonly generator: Generator;
  readonly nodeFlags?: readonly string[];
}

/** The real server on a data folder of its own, with licenses imported and seats taken. */
export interface SeatServer {
  readonly process: ServerProcess;
  /** Stops it, and verifies what it left. @returns what was found @throws Error that says what is wrong */
  finish(): Promise<string>;
}

export async function startSeatServer(
  { folder, vendor, generator, nodeFlags = [] }: SeatServerOptions,
  fillings: readonly Filling[],
): Promise<SeatServer> {
  mkdirSync(folder, { recursive: true });
  const dataDir = mkdtempSync(join(folder, "data-"));
  const keyFile = join(dataDir, "vendor.pem");
  writeFileSync(keyFile, vendor.publicKey);
  const sharedKeyFile = join(dataDir, "shared-key.txt");
  writeFileSync(sharedKeyFile, vendor.requestKeys.sharedKey);
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const settings = {
    "data-dir": dataDir,
    "floating-server.port": "0",
    "management.port": "0",
    "vendor.public-key-file": keyFile,
    "vendor.api-key": vendor.requestKeys.apiKey,
    "vendor.shared-key-file": sharedKeyFile,
    "log.level": "warn",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = await startServer([...nodeFlags, main, "floating", ...flags], /^Hardware id.*\n/m);
  for (const { pools, seats, isFull = false } of fillings) {
    const perPool = seats / countPools(pools);
    await importLicenses(server, vendor, pools, {
      license: seats / pools.licenses + ROOM,
      feature: perPool + (isFull ? 0 : ROOM),
    });
    const fill: Load = {
      kind: "renewals",
      port: server.port,
      serverPid: server.pid,
      connections: 64,
      pools,
      seats,
      until: { requests: seats },
    };
    const { wrong, firstWrong } = await generator.run(fill);
    if (wrong > 0) throw new Error(`the pools could not be filled: ${firstWrong}`);
  }
  return {
    process: server,
    async finish() {
      await server.stop();
      const seats = fillings.reduce((sum, filling) => sum + filling.seats, 0);
      // Each holder of a feature seat has a license seat under it.
      return verifyDatabase(join(dataDir, "floating.db"), { featureSeats: seats, licenseSeats: seats });
    },
  };
}
