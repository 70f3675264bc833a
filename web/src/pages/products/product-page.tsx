import { Alert, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useReply } from "../../api/queries.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { Page } from "../../parts/page.tsx";
import { UrlTabs } from "../../parts/url-tabs.tsx";
import { WhenLoaded } from "../../parts/when-loaded.tsx";
import { CustomFieldsTab } from "./custom-fields-tab.tsx";
import { EditProductDialog } from "./edit-product-dialog.tsx";
import { FeaturesTab } from "./features-tab.tsx";
import { GeneralTab } from "./general-tab.tsx";
import { PoliciesTab } from "./policies-tab.tsx";
import { type Product, ProductState } from "./product-state.tsx";
import { VersionsTab } from "./versions-tab.tsx";

const up = { to: "/products", label: "Products" };

export function ProductPage() {
  const { product: code } = useParams({ strict: false }) as { readonly product: string };
  const query = useReply("product show", { params: { product: code } });
  const [isEditing, editing] = useDisclosure();
  const [isDeleting, deleting] = useDisclosure();
  const navigate = useNavigate();
  const product = query.data?.reply;
  const actions = (
    <>
      <ActionButton operation="product update" variant="default" onClick={editing.open}>
        Edit product
      </ActionButton>
      <ActionButton operation="product delete" variant="outline" color="red" onClick={deleting.open}>
        Delete product
      </ActionButton>
    </>
  );
  const about = product && (
    <Group gap="xs">
      Product code {product.code} <ProductState state={product.state} />
    </Group>
  );
  return (
    <Page title={product?.name ?? code} about={about} up={up} actions={product && actions}>
      <WhenLoaded query={query}>
        {({ reply, etag }) => (
          <>
            <StateNote state={reply.state} />
            <UrlTabs
              label="Parts of the product"
              tabs={[
                { value: "general", label: "General", render: () => <GeneralTab product={reply} /> },
                { value: "features", label: "Features", render: () => <FeaturesTab product={reply} /> },
                { value: "policies", label: "Policies", render: () => <PoliciesTab product={reply} /> },
                { value: "versions", label: "Versions", render: () => <VersionsTab product={code} /> },
                {
                  value: "fields",
                  label: "Custom fields",
                  render: () => <CustomFieldsTab key={reply.id} product={reply} etag={etag} />,
                },
              ]}
            />
          </>
        )}
      </WhenLoaded>
      {isEditing && <EditProductDialog product={code} onClose={editing.close} />}
      <ConfirmDialog
        isOpen={isDeleting}
        title={`Delete ${product?.name ?? code}?`}
        verb="Delete product"
        operation="product delete"
        given={{ params: { product: code } }}
        done="The product is deleted"
        onClose={deleting.close}
        onDone={() => navigate({ to: "/products" })}
      >
        Its features, policies and versions go with it, and do not come back. A product that has licenses, or that a
        bundle or an API key names, cannot be deleted; archive it instead.
      </ConfirmDialog>
    </Page>
  );
}

/** What a state other than active means for those who have the product. */
function StateNote({ state }: Pick<Product, "state">) {
  if (state === "active") return null;
  return (
    <Alert color={state === "disabled" ? "orange" : "gray"} title={`This product is ${state}`}>
      Nothing new of it is activated. Devices that are active go on. “Edit product” makes it active again.
    </Alert>
  );
}
