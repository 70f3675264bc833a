import assert from "node:assert/strict";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { SecretBox } from "../../src/signing/secret-box.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { checkFeature, checkLicense } from "../../src/use-cases/check-out.ts";
import { activateDevice } from "../../src/use-cases/vendor/devices/activate-device.ts";
import type { DeviceLicenseRef } from "../../src/use-cases/vendor/devices/device-license-ref.ts";
import type { VendorContext } from "../../src/use-cases/vendor/vendor-context.ts";
import { readCommits, readRows } from "./database-files.ts";
import { granted } from "./make-products.ts";
import { queryDatabase, usePostgresServer } from "./postgres-server.ts";
import { useTempFolder } from "./temp-folder.ts";
import { TestClock } from "./test-clock.ts";

const server = await usePostgresServer({ after });

/** Where a store keeps its data; undefined for the one in memory. */
type Disk = { readonly file: string } | { readonly url: string } | undefined;

/** A vendor without HTTP: its use cases are called as they are. */
export class BareVendor implements VendorContext {
  readonly clock: TestClock;
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly #disk: Disk;

  constructor(store: Store, secrets: SecretBox, clock: TestClock, disk: Disk) {
    this.store = store;
    this.secrets = secrets;
    this.clock = clock;
    this.#disk = disk;
  }

  /** How many commits the run has made, where they are counted on a disk; every store makes one for each decision. */
  async commitsOf(run: () => Promise<unknown>): Promise<number> {
    const before = await this.#commits();
    await run();
    return this.#disk === undefined ? 1 : (await this.#commits()) - before;
  }

  /**
   * Rows as they are on the disk, read through another connection.
   *
   * @param inPostgres where it is said in another way there
   * @returns `undefined` where there is no disk
   */
  async rowsOnDisk(sql: string, inPostgres = sql): Promise<readonly Record<string, unknown>[] | undefined> {
    if (this.#disk === undefined) return undefined;
    return "file" in this.#disk ? readRows(this.#disk.file, sql) : queryDatabase(this.#disk.url, inPostgres);
  }

  async #commits(): Promise<number> {
    if (this.#disk === undefined) return 0;
    if ("file" in this.#disk) return readCommits(this.#disk.file);
    const [row] = await queryDatabase(this.#disk.url, "SELECT count(*)::int AS commits FROM mark");
    return row?.["commits"] as number;
  }

  /** Binds a device to a license, and takes the seats that are named: features by code, the license's own by "". */
  async seat(license: DeviceLicenseRef, hardwareId: string, pools: readonly string[], password?: string) {
    granted(await activateDevice(this, { license, hardwareId, info: {}, isVm: false, variables: {}, password }));
    const context = { store: this.store, channel: "cloud", graceMs: 0 } as const;
    const command = { license, device: hardwareId, holder: hardwareId, borrow: "none", details: {} } as const;
    for (const pool of pools) {
      granted(pool === "" ? await checkLicense(context, command) : await checkFeature(context, pool, command));
    }
  }

  /** Holders of live seats, by feature id. */
  async holders(licenseId?: number): Promise<string[]> {
    const seats = await this.store.seats(licenseId);
    return seats.map(({ seat }) => `${seat.holder} ${seat.featureId}`).sort();
  }

  async eventsOf(kind: string) {
    const events = await this.store.events(0, 10_000);
    return events.filter((event) => event.kind === kind).map(({ data }) => JSON.parse(data ?? "{}"));
  }
}

/** Runs a test on a vendor with the store in memory, and on one with each database. The chain of events is whole after it. */
export function onBothStores(title: string, run: (vendor: BareVendor, t: TestContext) => Promise<void>): void {
  for (const kind of ["memory", "SQLite", "PostgreSQL"] as const) {
    test(`${title} (${kind})`, async (t) => {
      let store: Store | undefined;
      // Asked for before the folder, which it needs.
      t.after(() => store?.close());
      const folder = useTempFolder(t);
      const clock = new TestClock();
      const disk = await makeDisk(kind, folder);
      store = await openStore(disk, clock);
      await run(new BareVendor(store, SecretBox.open(join(folder, "secret.key")), clock, disk), t);
      assert.equal((await store.verifyEvents()).brokenAt, null, "the chain of events is broken");
    });
  }
}

async function makeDisk(kind: "memory" | "SQLite" | "PostgreSQL", folder: string): Promise<Disk> {
  if (kind === "memory") return undefined;
  return kind === "SQLite" ? { file: join(folder, "vendor.db") } : { url: await server.makeDatabase() };
}

function openStore(disk: Disk, clock: TestClock): Store | Promise<Store> {
  if (disk === undefined) return new MemoryStore(clock);
  return "file" in disk ? openSqliteStore(disk.file, { clock }) : openPostgresStore(disk.url, { clock });
}

/**
 * The refusals among outcomes of what was asked for at once: who is first is not promised where a store is asked by several
 * connections.
 */
export function refusalsOf(outcomes: readonly object[]) {
  return outcomes.map(refusalOf).filter((refusal) => refusal !== undefined);
}

/** The code of a refusal, and what it is about; undefined where there is none. */
export function refusalOf(outcome: object): readonly [code: unknown, about: unknown] | undefined {
  const { refused, about } = outcome as { refused?: unknown; about?: unknown };
  return refused === undefined ? undefined : [refused, about];
}
