import { type CopySummary, copyInstallation } from "../../src/store/copy/copy-installation.ts";
import { openPostgresSource } from "../../src/store/postgres/copy-source.ts";
import { openPostgresTarget } from "../../src/store/postgres/copy-target.ts";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { openSqliteSource } from "../../src/store/sqlite/copy-source.ts";
import { openSqliteTarget } from "../../src/store/sqlite/copy-target.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { TestClock } from "./test-clock.ts";

/** Where a store keeps its data. */
export type Disk = { readonly file: string } | { readonly url: string };

/** Copies an installation, as the command does. */
export async function copyStore(from: Disk, to: Disk): Promise<CopySummary> {
  const source = "file" in from ? openSqliteSource(from.file) : await openPostgresSource(from.url);
  try {
    const target = "file" in to ? openSqliteTarget(to.file) : await openPostgresTarget(to.url);
    try {
      return await copyInstallation(source, target, () => {});
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
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
