import { Stack } from "@mantine/core";
import { appliedTerms, applies } from "../../parts/terms/applied-terms.ts";
import { ConsumptionFields } from "../../parts/terms/consumption-fields.tsx";
import { DeviceFields } from "../../parts/terms/device-fields.tsx";
import { FloatingFields } from "../../parts/terms/floating-fields.tsx";
import { ValidityFields } from "../../parts/terms/validity-fields.tsx";
import type { Fields, Values } from "../../parts/use-fields.ts";

/** The terms of a license beside its features. @param hasUsers of a product whose users activate it */
export function TermsForm({ fields, hasUsers }: { readonly fields: Fields; readonly hasUsers: boolean }) {
  return (
    <Stack>
      <ValidityFields fields={fields} />
      <ConsumptionFields fields={fields} />
      <DeviceFields fields={fields} hasUsers={hasUsers} />
      <FloatingFields fields={fields} of="license" />
    </Stack>
  );
}

/** What is sent of terms that were changed. An end stays unless it, or the type, is changed. */
export function changedTerms(given: Values, values: Values): Values {
  if (given["type"] !== undefined) return appliedTerms(given, values);
  return Object.fromEntries(Object.entries(given).filter(([name]) => applies(name, values)));
}
