import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useId, useState } from "react";

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
}: {
  readonly label: string;
  readonly about?: string;
  /** Seconds; null is none. */
  readonly value: number | null | undefined;
  onChange(seconds: number | null): void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}) {
  const [unit, setUnit] = useState(() => unitOf(value ?? 0));
  const id = useId();
  const describedBy = [about && `${id}-description`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <Input.Wrapper
      id={id}
      label={label}
      description={about}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error}
      required={isRequired}
    >
      <Group gap={4} wrap="nowrap" mb={about === undefined && error === undefined ? 0 : 5}>
        <NumberInput
          id={id}
          aria-describedby={describedBy === "" ? undefined : describedBy}
          error={error !== undefined}
          required={isRequired}
          disabled={isDisabled}
          min={0}
          value={value == null ? "" : value / unit}
          onChange={(typed) => onChange(typeof typed === "number" ? Math.round(typed * unit * 1_000) / 1_000 : null)}
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
        />
      </Group>
    </Input.Wrapper>
  );
}

/** The largest unit that tells it in a whole number; minutes where it is nothing yet. */
function unitOf(seconds: number): number {
  if (seconds === 0) return 60;
  return [86_400, 3_600, 60].find((size) => seconds % size === 0) ?? 1;
}
