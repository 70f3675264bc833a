import type { Role } from "../../../domain/admin.ts";
import type { JsonObject } from "../../../domain/json.ts";

/** Who sent a request. */
export interface Caller {
  /** Unique among callers: under this name idempotency keys are kept. */
  readonly id: string;
  readonly name: string;
  readonly role: Role | "anyone";
  readonly scopes: readonly string[] | null;
  /** As events show it. */
  readonly actor: JsonObject;
  readonly sessionId?: number;
  readonly adminId?: number;
  readonly csrfToken?: string;
}

export const NOBODY: Caller = {
  id: "nobody",
  name: "nobody",
  role: "anyone",
  scopes: null,
  actor: { api: "management" },
};
