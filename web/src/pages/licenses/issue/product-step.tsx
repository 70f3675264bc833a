import { Alert, Select, Stack, Text } from "@mantine/core";
import { productKind } from "../../../parts/record-kinds.ts";
import { RecordSelect } from "../../../parts/record-select.tsx";
import type { Policy, Product } from "./draft.ts";

/** What is sold, and by which of its policies. */
export function ProductStep({
  code,
  product,
  policies,
  policy,
  error,
  onProduct,
  onPolicy,
}: {
  readonly code: string | null;
  readonly product: Product | undefined;
  readonly policies: readonly Policy[];
  readonly policy: Policy | undefined;
  readonly error: string | undefined;
  onProduct(code: string | null): void;
  onPolicy(id: number | undefined): void;
}) {
  return (
    <Stack>
      <RecordSelect
        kind={productKind}
        label="Product"
        about="Type to find one by its name or its code."
        value={code}
        onChange={onProduct}
        error={error}
        isRequired
      />
      {product !== undefined && product.state !== "active" && (
        <Alert color="orange" title={`This product is ${product.state}`}>
          A license can be issued, but no device can activate it until the product is active again.
        </Alert>
      )}
      {product !== undefined && (
        <Select
          label="Policy"
          description="Its terms and features are what the license begins with. You can change them for this license."
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={policies.length === 0 ? "The product has none" : "None: the usual terms, and all features"}
          data={policies.map(({ id, name, code: ofPolicy }) => ({ value: String(id), label: `${name} (${ofPolicy})` }))}
          value={policy === undefined ? null : String(policy.id)}
          onChange={(next) => onPolicy(next === null ? undefined : Number(next))}
          disabled={policies.length === 0}
          clearable
          clearButtonProps={{ "aria-label": "No policy" }}
        />
      )}
      {product !== undefined && (
        <Text size="sm" c="dimmed">
          {product.authorization_method === "user"
            ? "Its licenses are activated by license users, with their passwords."
            : "Its licenses are activated by their keys."}
        </Text>
      )}
    </Stack>
  );
}
