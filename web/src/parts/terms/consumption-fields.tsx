import { Fieldset, Stack } from "@mantine/core";
import type { Fields } from "../use-fields.ts";
import { TermFields, type TermWords } from "./term-fields.tsx";

const words: Readonly<Record<string, TermWords>> = {
  unlimited_consumptions: { about: "Consumption is counted and never refused." },
  max_consumptions: { about: "What may be consumed in a period, or in all." },
  consumption_resets: { about: "When the count starts again at 0 (UTC). Left empty: never." },
  allow_overages: { about: "Consumption may go over its maximum." },
  max_overages: { about: "By how much; 0 is any amount." },
  allow_negative_consumptions: { about: "An application may give back what it did not use." },
};

/** What may be consumed; nothing where the type is another. */
export function ConsumptionFields({ fields }: { readonly fields: Fields }) {
  if (fields.values["type"] !== "consumption") return null;
  return (
    <Fieldset legend="Consumption">
      <Stack gap="sm">
        <TermFields fields={fields} words={words} />
      </Stack>
    </Fieldset>
  );
}
