import { Group, NumberInput, Select } from "@mantine/core";
import { useState } from "react";

const UNITS = [
  { value: "60", label: "minutes" },
  { value: "1", label: "seconds" },
  { value: "3600", label: "hours" },
  { value: "86400", label: "days" },
];

/** A length of time, typed in the unit that suits it and kept in seconds. */
export function DurationInput({
  label,
  about,
  value,
  onChange,
  error,
  isRequired = false,
  isDisabled = false,
  placeholder,
}: {
  readonly label: string;
  readonly about?: string;
  /** Seconds; null is none. */
  readonly value: number | null | undefined;
  onChange(seconds: number | null): void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  /** What goes where nothing is typed. */
  readonly placeholder?: string | undefined;
}) {
  const [unit, setUnit] = useState(() => unitOf(value ?? 0));
  return (
    <Group
      gap={4}
      align="flex-end"
      wrap="nowrap"
      style={error === undefined ? undefined : { alignItems: "flex-start" }}
    >
      <NumberInput
        label={label}
        description={about}
        inputWrapperOrder={["label", "input", "description", "error"]}
        required={isRequired}
        disabled={isDisabled}
        placeholder={placeholder}
        min={0}
        value={value == null ? "" : value / unit}
        onChange={(typed) => onChange(typeof typed === "number" ? Math.round(typed * unit * 1_000) / 1_000 : null)}
        error={error}
        style={{ flex: 1 }}
      />
      <Select
        aria-label={`Unit of ${label}`}
        data={UNITS}
        disabled={isDisabled}
        value={String(unit)}
        onChange={(next) => setUnit(Number(next ?? 60))}
        w={115}
        allowDeselect={false}
        style={{ alignSelf: "flex-start", marginTop: "1.55rem" }}
      />
    </Group>
  );
}

/** The largest unit that tells it in a whole number; minutes where it is nothing yet. */
function unitOf(seconds: number): number {
  if (seconds === 0) return 60;
  return [86_400, 3_600, 60].find((size) => seconds % size === 0) ?? 1;
}
