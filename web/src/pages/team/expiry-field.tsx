import { Select } from "@mantine/core";
import { useState } from "react";
import { serverNow } from "../../api/server-clock.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { inFull } from "../../parts/times.tsx";
import type { Fields } from "../../parts/use-fields.ts";

const CHOICES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "at", label: "At a time you choose" },
  { value: "never", label: "Never" },
];
export const DEFAULT_DAYS = 90;

/** When a new token ends, unless another time is chosen. */
export function inDays(days: number): string {
  return new Date(serverNow() + days * 86_400_000).toISOString();
}

export function ExpiryField({ fields }: { readonly fields: Fields }) {
  const { value, onChange, ...rest } = fields.bind("expires_at");
  const [choice, setChoice] = useState(String(DEFAULT_DAYS));
  const choose = (next: string | null) => {
    setChoice(next ?? "never");
    const days = Number(next);
    if (next === "never" || next === null) onChange(null);
    else if (!Number.isNaN(days)) onChange(inDays(days));
  };
  const about =
    typeof value === "string" ? `It opens nothing from ${inFull(value)} on` : "It goes on until it is revoked";
  return (
    <>
      <Select
        label="Expires"
        description={about}
        inputWrapperOrder={["label", "input", "description", "error"]}
        error={rest.error}
        data={CHOICES}
        value={choice}
        onChange={choose}
        allowDeselect={false}
      />
      {choice === "at" && <FieldInput {...rest} value={value} onChange={onChange} label="Expires at" />}
    </>
  );
}
