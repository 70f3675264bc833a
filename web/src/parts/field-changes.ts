/** One field that differs, by the names that lead to it. */
export interface FieldChange {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What differs between two states. Objects are looked into, and lists of things that have codes; others are one value. */
export function changesBetween(before: Fields, after: Fields, above: readonly string[] = []): readonly FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changesOf([...above, name], before[name] ?? null, after[name] ?? null));
}

function changesOf(path: readonly string[], before: unknown, after: unknown): readonly FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [earlier, later] = [insideOf(before), insideOf(after)];
  // Of something that is there on one side only every field is told too.
  if (
    (earlier ?? later) !== undefined &&
    (earlier !== undefined || before === null) &&
    (later !== undefined || after === null)
  ) {
    return changesBetween(earlier ?? {}, later ?? {}, path);
  }
  return [{ path, before, after }];
}

/** Undefined where a value is seen as a whole. */
function insideOf(value: unknown): Fields | undefined {
  if (value === null || typeof value !== "object") return undefined;
  if (!Array.isArray(value)) return value as Fields;
  const isCoded = value.length > 0 && value.every((each) => typeof each?.code === "string");
  return isCoded ? Object.fromEntries(value.map((each) => [each.code, each])) : undefined;
}
