import { useNavigate } from "@tanstack/react-router";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { ProductForm, productProblems, productToBody } from "./product-form.tsx";

/** Makes a product, and leads to it: its features come next. */
export function AddProductDialog({ onClose }: { onClose(): void }) {
  const navigate = useNavigate();
  return (
    <FormDialog
      operation="product create"
      title="Add product"
      verb="Add product"
      done="The product is there"
      defaults={{ authorization_method: "license-key", timeout_seconds: 900 }}
      problems={productProblems}
      toBody={productToBody}
      onClose={onClose}
      onDone={({ code }) => navigate({ to: "/products/$product", params: { product: code } })}
    >
      {(fields) => <ProductForm fields={fields} />}
    </FormDialog>
  );
}
