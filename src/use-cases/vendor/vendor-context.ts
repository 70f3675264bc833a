import type { SecretBox } from "../../signing/secret-box.ts";
import type { Store } from "../../store/store.ts";

/** What the vendor's use cases share. */
export interface VendorContext {
  readonly store: Store;
  /** Seals what must not be read from the database alone. */
  readonly secrets: SecretBox;
}
