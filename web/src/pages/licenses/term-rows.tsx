import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { labelOf, wordsOf } from "../../parts/labels.ts";
import { applies } from "../../parts/terms/applied-terms.ts";
import { duration, FromNow, FullTime } from "../../parts/times.tsx";
import type { Values } from "../../parts/use-fields.ts";

/** The terms of a license, in the order they are told. */
const TERMS = [
  "type",
  "starts_at",
  "valid_until",
  "valid_duration_seconds",
  "allow_grace_period",
  "grace_period_seconds",
  "maintenance_until",
  "unlimited_consumptions",
  "max_consumptions",
  "consumption_resets",
  "allow_overages",
  "max_overages",
  "allow_negative_consumptions",
  "cloud_floating",
  "offline_floating",
  "seats",
  "timeout_seconds",
  "can_borrow",
  "max_borrow_seconds",
  "allow_unlimited_activations",
  "max_activations",
  "max_transfers",
  "max_users",
  "prevent_vm",
  "is_trial",
  "is_air_gapped",
] as const;

const LABELS: Readonly<Record<string, string>> = {
  cloud_floating: "License seats float in the cloud",
  offline_floating: "License seats float offline",
  seats: "License seats",
};
/** Shown only where they say something. */
const ONLY_IF_SET: ReadonlySet<string> = new Set([
  "starts_at",
  "valid_duration_seconds",
  "maintenance_until",
  "max_users",
]);
const ANY_NUMBER_IS_0: ReadonlySet<string> = new Set(["max_transfers", "max_overages", "max_users"]);

/** Terms as rows of what they are called and what they are; those that mean nothing beside the others are left out. */
export function termRows(values: Values): readonly (readonly [string, ReactNode])[] {
  return TERMS.filter((name) => isTold(name, values)).map((name) => [
    LABELS[name] ?? labelOf(name),
    shown(name, values[name]),
  ]);
}

function isTold(name: string, values: Values): boolean {
  const value = values[name];
  // An end that is there is told whatever the type.
  if (name === "valid_until") return value != null || values["valid_duration_seconds"] == null;
  if (ONLY_IF_SET.has(name)) return value != null && value !== 0;
  return applies(name, values) && value !== undefined;
}

function shown(name: string, value: unknown): ReactNode {
  if (name === "valid_until" && value == null) return "for ever";
  if (name === "consumption_resets") return value == null ? "never starts again" : wordsOf(String(value));
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (name.endsWith("_seconds")) return duration(Number(value));
  if (name.endsWith("_at") || name.endsWith("_until")) return <Moment iso={String(value)} />;
  if (ANY_NUMBER_IS_0.has(name) && value === 0) return "any number";
  if (typeof value === "number") return value.toLocaleString("en");
  return name === "type" ? wordsOf(String(value)) : String(value);
}

/** A day that counts: in full, and how far it is. */
function Moment({ iso }: { readonly iso: string }) {
  return (
    <>
      <FullTime iso={iso} />{" "}
      <Text span c="dimmed" size="sm">
        (<FromNow iso={iso} />)
      </Text>
    </>
  );
}
