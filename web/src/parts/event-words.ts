import type { ItemOf } from "../api/operation.ts";
import type { Choices } from "./filter-bar.tsx";
import { wordsOf } from "./labels.ts";

/** What events tell of. */
const KINDS = [
  "seat_granted",
  "seat_renewed",
  "seat_released",
  "seat_expired",
  "seat_denied",
  "seats_extended",
  "consumption_added",
  "consumption_denied",
  "license_imported",
  "license_updated",
  "license_removed",
  "license_issued",
  "license_changed",
  "license_enabled",
  "license_disabled",
  "license_reset",
  "license_deleted",
  "device_activated",
  "device_deactivated",
  "device_blacklisted",
  "device_admitted",
  "device_variables_set",
  "record_created",
  "record_changed",
  "record_deleted",
] as const;

export const eventKinds: Choices = KINDS.map((value) => ({ value, label: wordsOf(value) }));

/** Who did it: an admin, a token, or else an application by the API it used. */
export function actorOf({ actor }: Pick<ItemOf<"audit list">, "actor">): string {
  if (actor === null) return "application";
  const { admin, token, api } = actor as Readonly<Record<string, unknown>>;
  if (typeof admin === "string") return admin;
  if (typeof token === "string") return `token ${token}`;
  return typeof api === "string" ? api : "";
}
