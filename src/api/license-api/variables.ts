import Type from "typebox";
import { readVariables } from "../../wire/variables.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

/** Variables of a device, by name. */
export const variablesField = {
  variables: Type.Optional(
    Type.Unsafe<Readonly<Record<string, unknown>> | string | null>({
      type: ["object", "string", "null"],
      description: "name → text, number or boolean; in a query the object as a JSON text",
    }),
  ),
};

/** Numbers and booleans are kept as their text. @throws RequestRefusal that names the variable */
export function toVariables(given: unknown): Readonly<Record<string, string>> {
  const variables = readVariables(typeof given === "string" ? parse(given) : given);
  if ("problem" in variables) throw refusal(variables.problem);
  return variables.values;
}

function parse(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("variables must be a JSON object");
  }
}

function refusal(about: string): RequestRefusal {
  return new RequestRefusal("validation_error", about);
}
