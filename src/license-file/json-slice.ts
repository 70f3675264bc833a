/** How many objects and arrays may be inside one another, the outermost one included. */
export const MAX_DEPTH = 64;

/** Why a text was not taken apart, as a sentence without its period. */
export interface JsonProblem {
  readonly problem: string;
}

/**
 * Takes a JSON object apart: its members by name, each with its text exactly as written, so that a signature over
 * that text can be verified. [FILE-6] A name given twice in any object, however it is spelled, is a problem: of two
 * readers each might take another one. [FILE-7]
 */
export function sliceMembers(json: string): ReadonlyMap<string, string> | JsonProblem {
  return problemOf(json) ?? slice(json);
}

/** Beyond this point the text is known to be valid, which is what lets the scanner be as small as it is. */
function problemOf(json: string): JsonProblem | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
    return { problem: "the file does not hold a JSON object" };
  } catch {
    return { problem: "the file does not hold JSON, or was cut off" };
  }
}

/** Reads brackets, colons, commas and strings; whatever else is there are numbers, literals and blanks. */
function slice(json: string): ReadonlyMap<string, string> | JsonProblem {
  const members = new Map<string, string>();
  /** The names seen in each object that is open; undefined where it is an array. */
  const open: (Set<string> | undefined)[] = [];
  let isNameNext = false;
  let member: string | undefined;
  let valueStart = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    const isOutermost = open.length === 1;
    if (character === '"') {
      const end = endOfString(json, at);
      if (isNameNext) {
        const name: string = JSON.parse(json.slice(at, end));
        if (open.at(-1)?.has(name)) return { problem: `${JSON.stringify(name.slice(0, 64))} is given twice` };
        open.at(-1)?.add(name);
        if (isOutermost) member = name;
        isNameNext = false;
      }
      at = end - 1;
    } else if (character === "{" || character === "[") {
      if (open.length === MAX_DEPTH) return { problem: `nested deeper than ${MAX_DEPTH} levels` };
      isNameNext = character === "{";
      open.push(isNameNext ? new Set() : undefined);
    } else if (character === ":") {
      if (isOutermost) valueStart = at + 1;
    } else if (character === "," || character === "}" || character === "]") {
      if (isOutermost && member !== undefined) members.set(member, json.slice(valueStart, at).trim());
      if (character !== ",") open.pop();
      isNameNext = character === "," && open.at(-1) !== undefined;
    }
  }
  return members;
}

/** @returns the place after the closing quote of the string that begins at the place given */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}
