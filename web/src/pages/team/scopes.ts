import type { OperationEntry, Role, Side } from "../../api/operation.ts";
import { operationTable } from "../../api/operation-table.ts";
import { mayDo } from "../../app/session.tsx";

/** What a token can be limited to: a noun, and what there is to do with it. */
export interface ScopeNoun {
  readonly noun: string;
  /** The verbs that only read, and those that change something, of those that the role may do. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Made for browsers and for the first start: tokens have no use for them. */
const NOT_FOR_TOKENS = ["setup", "session"];

/** The nouns of a server's operations, by the alphabet. */
export function scopeNouns(side: Side, role: Role): readonly ScopeNoun[] {
  const nouns = new Map<string, { reads: string[]; writes: string[] }>();
  for (const [name, entry] of Object.entries<OperationEntry>(operationTable)) {
    const [noun = "", verb = ""] = name.split(" ");
    if (!entry.sides.includes(side) || !mayDo(entry, role) || NOT_FOR_TOKENS.includes(noun)) continue;
    const verbs = nouns.get(noun) ?? { reads: [], writes: [] };
    nouns.set(noun, verbs);
    verbs[entry.method === "GET" ? "reads" : "writes"].push(verb);
  }
  return [...nouns].map(([noun, verbs]) => ({ noun, ...verbs })).sort((a, b) => (a.noun < b.noun ? -1 : 1));
}

/** Scopes with one noun set anew. Writing includes reading. */
export function withScope(scopes: readonly string[], noun: string, way: "none" | "read" | "write"): readonly string[] {
  const others = scopes.filter((scope) => !scope.startsWith(`${noun}:`));
  return way === "none" ? others : [...others, `${noun}:${way}`];
}

export function wayOf(scopes: readonly string[], noun: string): "none" | "read" | "write" {
  if (scopes.includes(`${noun}:write`)) return "write";
  return scopes.includes(`${noun}:read`) ? "read" : "none";
}
