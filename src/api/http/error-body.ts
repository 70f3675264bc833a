import Type, { type Static } from "typebox";

/** How one code looks on a wire. */
export interface WireError {
  readonly status: number;
  /** `<about>` stands for what the refusal names. */
  readonly message: string;
}

/** Every error of the two wire APIs: these three keys and nothing else. [ERR-1] */
export const ErrorBody = Type.Object(
  {
    status: Type.Integer({ description: "the HTTP status" }),
    code: Type.String({ description: "snake_case; what programs look at" }),
    message: Type.String({ description: "a sentence for people" }),
  },
  { $id: "ErrorBody" },
);
export type ErrorBody = Static<typeof ErrorBody>;

/** @param about what the sentence names; a sentence without a place for it gets it appended */
export function errorBody(code: string, { status, message }: WireError, about?: string): ErrorBody {
  const text =
    about === undefined
      ? message.replace(/:? ?<about>/, "")
      : message.includes("<about>")
        ? message.replace("<about>", () => about)
        : message;
  return { status, code, message: text };
}
