import { copyBetween, type Place } from "../../src/cli/db/run-db-copy.ts";
import type { CopySummary } from "../../src/store/copy/copy-installation.ts";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { TestClock } from "./test-clock.ts";

/** Where a store keeps its data. */
export type Disk = Place;

/** Copies an installation, as the command does. */
export function copyStore(from: Disk, to: Disk): Promise<CopySummary> {
  return copyBetween(from, to, () => {});
}

/** Does something with a store, and closes it. */
export async function withStore<T>(disk: Disk, clock: TestClock, act: (store: Store) => Promise<T>): Promise<T> {
  const store = "file" in disk ? openSqliteStore(disk.file, { clock }) : await openPostgresStore(disk.url, { clock });
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}
