import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { systemClock } from "../decision-time.ts";
import { migrate, openDatabase } from "./database.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";
import { SqliteStore } from "./sqlite-store.ts";

const inUse = { name: "Fault", code: "data_folder_in_use", message: /^Another seatkeeper is running on / };

test("[STORE-6] a second opener is refused, and the first goes on", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const first = openSqliteStore(file);
  t.after(() => first.close());
  assert.throws(() => openSqliteStore(file), inUse);
  await addLicense(first, makeLicense());
  assert.equal((await take(first)).id, 1);
  assert.throws(() => openSqliteStore(file), inUse);
});

test("[STORE-6] a closed store gives its database to the next", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  await openSqliteStore(file).close();
  const second = openSqliteStore(file);
  t.after(() => second.close());
  assert.equal(await second.fact("a", () => "made"), "made");
});

test("[OPS-1] closing a store twice at once, or once more later, is closing it", async (t) => {
  const store = openSqliteStore(join(useTempFolder(t), "floating.db"));
  const closing = await Promise.allSettled([store.close(), store.close()]);
  assert.deepEqual(
    closing.map(({ status }) => status),
    ["fulfilled", "fulfilled"],
  );
  await store.close();
  await assert.rejects(store.sweep(), { name: "Fault", code: "store_unavailable" });
});

test("[OPS-1] what is asked while a store closes is done, or answered that it is not available", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const nothing = () => {};
  const store = new SqliteStore({
    clock: systemClock,
    openDatabase: () => {
      const db = openDatabase(file);
      migrate(db);
      return db;
    },
    onCommit: nothing,
    onLost: nothing,
    onClosing: async () => {},
    onClosed: nothing,
  });
  await addLicense(store, makeLicense());
  const takeUntilClosed = async (holder: string): Promise<never> => {
    for (;;) await take(store, { holder });
  };
  const taking = ["ann", "bob"].map((holder) =>
    assert.rejects(takeUntilClosed(holder), { name: "Fault", code: "store_unavailable" }),
  );
  await Promise.all([...taking, store.close()]);
});

test("[STORE-6] another process is refused until the owner has ended, in whatever way", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const program = `
    import { openSqliteStore } from ${JSON.stringify(new URL("./open-sqlite-store.ts", import.meta.url).href)};
    openSqliteStore(${JSON.stringify(file)});
    process.stdout.write("open");
    process.stdin.resume();
  `;
  const args = ["--input-type=module", "--eval", program];
  const owner = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => owner.kill("SIGKILL"));
  assert.equal(String(await once(owner.stdout, "data")), "open");
  assert.throws(() => openSqliteStore(file), inUse);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  const second = openSqliteStore(file);
  t.after(() => second.close());
  assert.equal(await second.fact("a", () => "made"), "made");
});
