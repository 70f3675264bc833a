import { join } from "node:path";
import { activationToWire } from "../../src/api/license-api/activation-object.ts";
import { SecretBox } from "../../src/signing/secret-box.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { VendorKeys } from "../../src/use-cases/vendor/keys/vendor-keys.ts";
import type { OfflineContext } from "../../src/use-cases/vendor/offline/offline-context.ts";

/** Does something in a vendor's data folder by its use cases, while no process has it. */
export async function inVendorFolder<T>(dataDir: string, act: (context: OfflineContext) => Promise<T>): Promise<T> {
  const store = openSqliteStore(join(dataDir, "vendor.db"));
  try {
    const secrets = SecretBox.open(join(dataDir, "seatkeeper.key"));
    const keys = await VendorKeys.open({ store, secrets });
    return await act({ store, secrets, keys, activationObject: (shown) => activationToWire(shown, keys.signer) });
  } finally {
    await store.close();
  }
}
