/** A flag with a text, which may be left out. */
export function textFlag(brief: string, placeholder: string) {
  return { kind: "parsed", brief, optional: true, parse: String, placeholder } as const;
}

/** A flag that is there or not. */
export function switchFlag(brief: string) {
  return { kind: "boolean", brief, default: false, withNegated: false } as const;
}
