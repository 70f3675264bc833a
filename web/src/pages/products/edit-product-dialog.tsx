import { useNavigate } from "@tanstack/react-router";
import { EditDialog } from "../../parts/edit-dialog.tsx";
import { ProductForm, productProblems, productToBody } from "./product-form.tsx";

export function EditProductDialog({ product, onClose }: { readonly product: string; onClose(): void }) {
  const navigate = useNavigate();
  return (
    <EditDialog
      show="product show"
      operation="product update"
      params={{ product }}
      title="Edit product"
      verb="Save"
      done="The product is changed"
      problems={productProblems}
      toBody={productToBody}
      onClose={onClose}
      // The address names it by its code.
      onDone={({ code }) =>
        code !== product && navigate({ to: "/products/$product", params: { product: code }, replace: true })
      }
    >
      {(fields) => <ProductForm fields={fields} product={product} />}
    </EditDialog>
  );
}
