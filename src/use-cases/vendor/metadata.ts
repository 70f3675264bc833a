import type { Json } from "../../domain/json.ts";

/**
 * What of the data that a vendor attaches could not travel in a signed reply: clients write its JSON anew and must get
 * the same bytes. Names that look like integers change their place when they are read, and numbers beyond 2^53 their
 * digits. [SIGN-3]
 */
export function findMetadataProblem(value: Json | undefined, path = "metadata"): string | undefined {
  if (typeof value === "number") return isPlain(value) ? undefined : `${path} must not be beyond 2^53`;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value) && /^\d+$/.test(name)) return `${path} must not have ${name}, an integer, for a name`;
    const problem = findMetadataProblem(member, `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isPlain(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
