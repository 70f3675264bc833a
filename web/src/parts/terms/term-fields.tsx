import { FieldInput } from "../field-input.tsx";
import type { Fields } from "../use-fields.ts";
import { applies } from "./applied-terms.ts";

/** What a field of terms is called and what it is for, where the API's words are not enough. */
export interface TermWords {
  readonly label?: string;
  readonly about?: string;
}

/** The fields of some terms, in their order; those that mean nothing beside the others are not there. */
export function TermFields({
  fields,
  words,
}: {
  readonly fields: Fields;
  readonly words: Readonly<Record<string, TermWords>>;
}) {
  return Object.entries(words)
    .filter(([name]) => applies(name, fields.values))
    .map(([name, { label, about }]) => <FieldInput key={name} {...fields.bind(name)} label={label} about={about} />);
}
