import { join } from "node:path";
import { SecretBox } from "../../src/signing/secret-box.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { SeatContext } from "../../src/use-cases/seat-context.ts";
import type { VendorContext } from "../../src/use-cases/vendor/vendor-context.ts";
import { useTempFolder } from "./temp-folder.ts";
import { TestClock } from "./test-clock.ts";

/** A vendor's use cases over a real database, without HTTP. */
export interface VendorStore extends SeatContext, VendorContext {
  readonly store: Store;
  readonly clock: TestClock;
  readonly file: string;
  readonly folder: string;
}

/** Opens one that is closed when the test is over. */
export function openVendorStore(test: { after(cleanUp: () => void | Promise<void>): void }): VendorStore {
  const folder = useTempFolder(test);
  const file = join(folder, "vendor.db");
  const clock = new TestClock();
  const store = openSqliteStore(file, { clock });
  test.after(() => store.close());
  const secrets = SecretBox.open(join(folder, "seatkeeper.key"));
  return { store, secrets, channel: "cloud", graceMs: 0, clock, file, folder };
}
