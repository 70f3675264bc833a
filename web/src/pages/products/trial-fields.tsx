import { Checkbox, Fieldset, NumberInput, Select, Stack } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import type { Fields } from "../../parts/use-fields.ts";

interface Trial {
  readonly days?: number | undefined;
  readonly is_email_required?: boolean;
  readonly policy_id?: number | null;
}

const USUAL: Trial = { days: 30, is_email_required: false, policy_id: null };

/** Whether devices may try a product, for how long, and by which policy. */
export function TrialFields({ fields, product }: { readonly fields: Fields; readonly product: string | undefined }) {
  const trial = (fields.values["trial"] ?? null) as Trial | null;
  const { error } = fields.bind("trial");
  const set = (changes: Trial) => fields.set({ trial: { ...trial, ...changes } });
  return (
    <Fieldset legend="Trials">
      <Stack gap="sm">
        <Checkbox
          label="Give trials"
          description="A device that has no license may try the product once."
          checked={trial !== null}
          onChange={({ currentTarget }) => fields.set({ trial: currentTarget.checked ? USUAL : null })}
        />
        {trial !== null && (
          <>
            <NumberInput
              label="Days"
              required
              min={1}
              allowDecimal={false}
              value={trial.days ?? ""}
              error={error}
              onChange={(days) => set({ days: typeof days === "number" ? days : undefined })}
            />
            <Checkbox
              label="An e-mail address is needed"
              description="Always so where license users activate it."
              checked={trial.is_email_required === true}
              onChange={({ currentTarget }) => set({ is_email_required: currentTarget.checked })}
            />
            {product !== undefined && (
              <PolicyChoice product={product} value={trial.policy_id} onChange={(id) => set({ policy_id: id })} />
            )}
          </>
        )}
      </Stack>
    </Fieldset>
  );
}

function PolicyChoice({
  product,
  value,
  onChange,
}: {
  readonly product: string;
  readonly value: number | null | undefined;
  onChange(id: number | null): void;
}) {
  const policies = useReply("policy list", { query: { product, limit: "500" } });
  return (
    <Select
      label="Policy of trials"
      description="Left empty: every feature of the product as it is."
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={(policies.data?.reply.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value == null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      clearable
      clearButtonProps={{ "aria-label": "No policy of trials" }}
    />
  );
}
