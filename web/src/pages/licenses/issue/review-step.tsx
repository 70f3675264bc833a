import { List, SimpleGrid, Stack, Title } from "@mantine/core";
import { useReply } from "../../../api/queries.ts";
import { KeyValues } from "../../../parts/key-values.tsx";
import { customerKind, orderKind } from "../../../parts/record-kinds.ts";
import type { Values } from "../../../parts/use-fields.ts";
import { featureWords } from "../feature-words.ts";
import type { FeatureValues } from "../override-fields.ts";
import { termRows } from "../term-rows.tsx";
import type { Policy, Product } from "./draft.ts";

/** The license as it will be. */
export function ReviewStep({
  values,
  product,
  policy,
}: {
  readonly values: Values;
  readonly product: Product;
  readonly policy: Policy | undefined;
}) {
  const features = (values["features"] ?? []) as readonly FeatureValues[];
  const users = (values["users"] ?? []) as readonly { readonly username: string }[];
  const isOfUsers = product.authorization_method === "user";
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <div>
          <Title order={3} size="h5" mb="xs">
            License
          </Title>
          <KeyValues
            rows={[
              ["Product", product.name],
              ["Policy", policy?.name ?? "none"],
              ["License key", isOfUsers ? undefined : ((values["key"] as string | undefined) ?? "a new one is made")],
              ["Users", isOfUsers ? users.map(({ username }) => username).join(", ") : undefined],
              ["Customer", useCustomer(values["customer_id"])],
              ["Order", useOrder(values["order_id"])],
            ]}
          />
        </div>
        <div>
          <Title order={3} size="h5" mb="xs">
            Terms
          </Title>
          <KeyValues rows={termRows(values)} />
        </div>
      </SimpleGrid>
      <div>
        <Title order={3} size="h5" mb="xs">
          Features
        </Title>
        {features.length === 0 ? (
          "none"
        ) : (
          <List size="sm">
            {features.map((feature) => (
              <List.Item key={feature.code}>
                <b>{feature.code}</b>: {featureWords(feature)}
              </List.Item>
            ))}
          </List>
        )}
      </div>
    </Stack>
  );
}

function useCustomer(id: unknown): string {
  const found = useReply("customer list", { query: { id: String(id) } }, { enabled: typeof id === "number" });
  const [customer] = found.data?.reply.data ?? [];
  return customer === undefined ? "nobody" : customerKind.toLabel(customer);
}

function useOrder(id: unknown): string {
  const found = useReply("order list", { query: { id: String(id) } }, { enabled: typeof id === "number" });
  const [order] = found.data?.reply.data ?? [];
  return order === undefined ? "none" : orderKind.toLabel(order);
}
