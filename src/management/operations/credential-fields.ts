import Type from "typebox";
import { Flag, Names, OrNull } from "../fields.ts";

/** What API keys and OAuth clients may do. */
export const credentialFields = {
  is_read_only: Flag("refused where a call changes something"),
  products: OrNull(Names("codes of those it may ask about; null is all")),
};

/** Any of them, where one is made or changed. */
export const someCredentialFields = Type.Partial(Type.Object(credentialFields)).properties;
