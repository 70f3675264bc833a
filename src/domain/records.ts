import type { Admin, ApiToken, MadeOnce, Session } from "./admin.ts";
import type { ApiKey, OauthClient, OfflineRequest, SigningKey } from "./credential.ts";
import type { Customer, LicenseUser, Order } from "./customer.ts";
import type { Hold } from "./hold.ts";
import type { Bundle, InstallationFile, Policy, VendorProduct } from "./product.ts";

/** Everything that is kept beside licenses, their seats, counters and devices: plain records with an id. */
export interface Records {
  readonly product: VendorProduct;
  readonly policy: Policy;
  readonly bundle: Bundle;
  readonly installation_file: InstallationFile;
  readonly customer: Customer;
  readonly order: Order;
  readonly user: LicenseUser;
  readonly api_key: ApiKey;
  readonly oauth_client: OauthClient;
  readonly signing_key: SigningKey;
  readonly offline_request: OfflineRequest;
  readonly admin: Admin;
  readonly session: Session;
  readonly api_token: ApiToken;
  readonly made_once: MadeOnce;
  readonly hold: Hold;
}
export type RecordKind = keyof Records;

/** By which fields beside its id a record can be found. Those marked unique name one record. */
export const recordFields = {
  product: { code: "unique" },
  policy: { productId: "many" },
  bundle: { code: "unique" },
  installation_file: { productId: "many" },
  customer: { email: "many", accountCode: "many" },
  order: { storeId: "unique", customerId: "many" },
  user: { username: "unique", customerId: "many" },
  api_key: { key: "unique" },
  oauth_client: { clientId: "unique" },
  signing_key: {},
  offline_request: { requestId: "unique" },
  admin: { name: "unique" },
  session: { tokenHash: "unique", adminId: "many" },
  api_token: { tokenHash: "unique" },
  made_once: { key: "unique" },
  hold: {},
} as const satisfies { readonly [Kind in RecordKind]: { readonly [Field in keyof Records[Kind]]?: "unique" | "many" } };

/** Names a record by its id or another field of `recordFields`. */
export interface RecordRef<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly field: "id" | keyof (typeof recordFields)[Kind];
  readonly value: string | number;
}

export type AnyRecordRef = { [Kind in RecordKind]: RecordRef<Kind> }[RecordKind];

/** The records a decision sees: those its scope names. */
export class RecordView {
  static readonly empty = new RecordView([]);
  readonly #found: ReadonlyMap<string, readonly unknown[]>;
  readonly #every: ReadonlyMap<RecordKind, readonly unknown[]>;

  /** @param found all records of each ref, by their ids @param every all records of each kind, by their ids */
  constructor(
    found: readonly (readonly [ref: AnyRecordRef, records: readonly unknown[]])[],
    every: readonly (readonly [kind: RecordKind, records: readonly unknown[]])[] = [],
  ) {
    this.#found = new Map(found.map(([ref, records]) => [nameOf(ref), records]));
    this.#every = new Map(every);
  }

  /** @returns undefined where there is no such record @throws Error where the scope does not name it */
  get<Kind extends RecordKind>(ref: RecordRef<Kind>): Records[Kind] | undefined {
    return this.all(ref)[0];
  }

  /** Every record that has that value of that field. @throws Error where the scope does not name it */
  all<Kind extends RecordKind>(ref: RecordRef<Kind>): readonly Records[Kind][] {
    return this.#allOf(ref) as readonly Records[Kind][];
  }

  /** Whether there is such a record. @throws Error where the scope does not name it */
  has(ref: AnyRecordRef): boolean {
    return this.#allOf(ref).length > 0;
  }

  /** Every record of a kind. @throws Error where the scope does not name it */
  every<Kind extends RecordKind>(kind: Kind): readonly Records[Kind][] {
    const found = this.#every.get(kind);
    if (found === undefined) throw new Error(`the scope does not name every ${kind}`);
    return found as readonly Records[Kind][];
  }

  #allOf(ref: { kind: string; field: PropertyKey; value: string | number }): readonly unknown[] {
    const name = nameOf(ref);
    const found = this.#found.get(name);
    if (found === undefined) throw new Error(`the scope does not name the record ${name}`);
    return found;
  }
}

function nameOf({ kind, field, value }: { kind: string; field: PropertyKey; value: string | number }): string {
  return JSON.stringify([kind, field, value]);
}

/** What new things are numbered by. */
export type IdKind = RecordKind | "license" | "feature" | "device" | "variable";

/** The id that the next new thing of a kind gets; those that follow it are free as well. */
export type NextIds = { readonly [Kind in IdKind]: number };

/** Where numbering begins: license ids are long, so that they are told from others at a glance. */
export const FIRST_IDS: NextIds = {
  product: 1,
  policy: 1,
  bundle: 1,
  installation_file: 1,
  customer: 1,
  order: 1,
  user: 1,
  api_key: 1,
  oauth_client: 1,
  signing_key: 1,
  offline_request: 1,
  admin: 1,
  session: 1,
  api_token: 1,
  made_once: 1,
  hold: 1,
  license: 1_734_000_000_000_101,
  feature: 501,
  device: 1,
  variable: 1,
};
