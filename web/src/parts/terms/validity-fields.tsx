import { Fieldset, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { FieldInput } from "../field-input.tsx";
import type { Fields } from "../use-fields.ts";
import { applies } from "./applied-terms.ts";
import { TermFields, type TermWords } from "./term-fields.tsx";

const ENDS = [
  { value: "never", label: "No end" },
  { value: "valid_duration_seconds", label: "A time after the first activation" },
  { value: "valid_until", label: "At a date" },
];

const words: Readonly<Record<string, TermWords>> = {
  allow_grace_period: { about: "It still works for a while after its end, until the subscription is paid." },
  grace_period_seconds: { about: "Added to the end." },
  maintenance_until: { about: "Versions released until then may be installed. Left empty: all." },
};

/** The type of a license, and when it ends. */
export function ValidityFields({ fields }: { readonly fields: Fields }) {
  const { values, bind, set } = fields;
  const [end, setEnd] = useState(() => ENDS.find(({ value }) => values[value] != null)?.value ?? "never");
  const choose = (next: string | null) => {
    setEnd(next ?? "never");
    set(Object.fromEntries(ENDS.slice(1).flatMap(({ value }) => (value === next ? [] : [[value, null]]))));
  };
  return (
    <Fieldset legend="Type and validity">
      <Stack gap="sm">
        <FieldInput
          {...bind("type")}
          mustChoose
          about="Perpetual has no end. Consumption is counted instead of held. A subscription may have a grace period."
        />
        {applies("valid_until", values) && (
          <>
            <Select label="Ends" data={ENDS} value={end} onChange={choose} allowDeselect={false} />
            {end === "valid_duration_seconds" && (
              <FieldInput {...bind(end)} label="Valid for" about="Counted from the first activation." />
            )}
            {end === "valid_until" && <FieldInput {...bind(end)} label="Valid until" about="In your time zone." />}
          </>
        )}
        <TermFields fields={fields} words={words} />
      </Stack>
    </Fieldset>
  );
}
