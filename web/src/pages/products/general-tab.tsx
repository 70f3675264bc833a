import { Code, Stack, Text } from "@mantine/core";
import { useReply } from "../../api/queries.ts";
import { CommandHint } from "../../parts/command-hint.tsx";
import { KeyValues } from "../../parts/key-values.tsx";
import { TabHead } from "../../parts/tab-head.tsx";
import { duration, FromNow } from "../../parts/times.tsx";
import { methodOf, type Product, ProductState } from "./product-state.tsx";

/** What a product is. */
export function GeneralTab({ product }: { readonly product: Product }) {
  const { code, state, features, metadata } = product;
  return (
    <Stack gap="sm">
      <TabHead
        title="What it is"
        actions={<CommandHint operation="product show" given={{ params: { product: code } }} />}
      />
      <KeyValues
        rows={[
          ["Code", <Code key="code">{code}</Code>],
          ["State", <ProductState key="state" state={state} />],
          ["Activated by", methodOf(product)],
          ["Features", features.length],
          ["Timeout of seats", `${duration(product.timeout_seconds)}, unless a feature or a license says otherwise`],
          ["Virtual machines", product.prevent_vm ? "Refused" : "Allowed"],
          ["Overages", overagesOf(product)],
          ["Trials", <Trials key="trial" product={product} />],
          ["Made", <FromNow key="made" iso={product.created_at} />],
          ["Metadata", Object.keys(metadata).length === 0 ? null : <Json key="metadata" value={metadata} />],
        ]}
      />
    </Stack>
  );
}

function overagesOf({ allow_overages: isAllowed, max_overages: most }: Product): string {
  if (!isAllowed) return "Not allowed";
  return most === 0 ? "Any amount" : `Up to ${most.toLocaleString("en")}`;
}

function Trials({ product: { code, trial, authorization_method: method } }: { readonly product: Product }) {
  const isByPolicy = trial?.policy_id != null;
  const policies = useReply("policy list", { query: { product: code, limit: "500" } }, { enabled: isByPolicy });
  if (trial === null) return "None";
  const policy = policies.data?.reply.data.find(({ id }) => id === trial.policy_id);
  const needsEmail = trial.is_email_required || method === "user";
  return (
    <Text span size="sm">
      {trial.days} {trial.days === 1 ? "day" : "days"}
      {isByPolicy ? `, by the policy ${policy?.name ?? trial.policy_id}` : ", with every feature"}
      {needsEmail && ", for an e-mail address"}
    </Text>
  );
}

function Json({ value }: { readonly value: unknown }) {
  return <Code block>{JSON.stringify(value, null, 2)}</Code>;
}
