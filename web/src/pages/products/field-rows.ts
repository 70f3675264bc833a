/** A custom field while it is typed. */
export interface FieldRow {
  readonly name: string;
  readonly text: string;
  /** How the text is meant: `12` is a text or, as JSON, a number. */
  readonly kind: "text" | "json";
}

export function rowOf({ name, value }: { readonly name: string; readonly value: unknown }): FieldRow {
  return typeof value === "string"
    ? { name, text: value, kind: "text" }
    : { name, text: JSON.stringify(value), kind: "json" };
}

/** What is sent of a row. @returns undefined where the text is no JSON yet */
export function sentOf({ text, kind }: FieldRow): unknown {
  if (kind === "text") return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a row can be sent. */
export function isReady(row: FieldRow): boolean {
  return row.name.trim() !== "" && sentOf(row) !== undefined;
}
