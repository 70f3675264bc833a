import { FieldInput } from "../../parts/field-input.tsx";
import type { Fields, Values } from "../../parts/use-fields.ts";
import { TrialFields } from "./trial-fields.tsx";

/** The fields of a product. @param product its code, where it is there already */
export function ProductForm({ fields, product }: { readonly fields: Fields; readonly product?: string }) {
  const { bind, values } = fields;
  return (
    <>
      <FieldInput {...bind("name")} about="As people know it." />
      <FieldInput
        {...bind("code")}
        about="What applications name it by. Fixed once a license, a bundle or an API key names it."
      />
      <FieldInput
        {...bind("authorization_method")}
        mustChoose
        label="Activated by"
        about="A license key, or a license user with a password. Fixed when the code is."
      />
      {product !== undefined && (
        <FieldInput
          {...bind("state")}
          mustChoose
          about="Disabled and archived products activate nothing new. What is activated goes on."
        />
      )}
      <FieldInput
        {...bind("timeout_seconds")}
        about="Of new features and licenses that float, unless they say otherwise."
      />
      <FieldInput {...bind("prevent_vm")} about="Virtual machines cannot activate its licenses." />
      <FieldInput {...bind("allow_overages")} about="Told to applications; each license has a limit of its own." />
      {values["allow_overages"] === true && <FieldInput {...bind("max_overages")} about="0 is any amount." />}
      <TrialFields fields={fields} product={product} />
      <FieldInput {...bind("metadata")} about="Anything of your own, as JSON. Applications can read it." />
    </>
  );
}

export function productProblems({ trial }: Values): Readonly<Record<string, string>> {
  const isWithoutDays = trial != null && !((trial as { readonly days?: number }).days ?? 0);
  return isWithoutDays ? { trial: "How many days a trial lasts is needed" } : {};
}

/** A limit of overages means nothing where there are none. */
export function productToBody(given: Values, { allow_overages: isOver }: Values): Values {
  const { max_overages: _, ...others } = given;
  return isOver === true ? given : others;
}
