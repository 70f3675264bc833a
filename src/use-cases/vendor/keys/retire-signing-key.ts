import { decideRecordChange } from "../../../domain/change-record.ts";
import type { SigningKey } from "../../../domain/credential.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import type { VendorKeys } from "./vendor-keys.ts";

/** Publishes a key no more, at the end of a rotation. The current one cannot be retired. */
export async function retireSigningKey(
  { store }: VendorContext,
  keys: VendorKeys,
  id: number,
): Promise<SigningKey | Refusal<VendorRefusalCode>> {
  const ref = { kind: "signing_key", field: "id", value: id } as const;
  const retired = await store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "signing_key", ref, (key) =>
      key.state === "current"
        ? refuse("is_in_use", "the current key signs; rotate first")
        : { ...key, state: "retired" },
    ),
  );
  await keys.reload();
  return retired;
}
