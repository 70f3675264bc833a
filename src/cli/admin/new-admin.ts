import type { Role } from "../../domain/admin.ts";
import type { JsonObject } from "../../domain/json.ts";

/** The admin that a command is to make. */
export interface Wish {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
  /** Name of an API token to make with it, of the same role. */
  readonly newToken: string | undefined;
}

/** What was made, as the management API shows it. */
export interface Made {
  readonly admin: JsonObject;
  /** With its text in `token`. */
  readonly token: (JsonObject & { readonly token: string }) | null;
}
