/*
 * What texts may be, whoever gives them. [WIRE-3] Nothing is trimmed, folded or normalized.
 */

const NAME_CODE_POINTS = 255;
const TEXT_CODE_POINTS = 1_024;

/** Why a text cannot name something: it has 1 to 255 code points, is well-formed and has no U+0000. */
export function findNameProblem(field: string, name: string): string | undefined {
  if (isText(name, NAME_CODE_POINTS) && name !== "") return undefined;
  return `${field} must be 1 to ${NAME_CODE_POINTS} code points of well-formed Unicode without U+0000`;
}

/** Why a text cannot be shown: it has up to 1,024 code points, is well-formed and has no U+0000. */
export function findTextProblem(field: string, text: string): string | undefined {
  if (isText(text, TEXT_CODE_POINTS)) return undefined;
  return `${field} must be up to ${TEXT_CODE_POINTS} code points of well-formed Unicode without U+0000`;
}

/** The first problem among those texts of a record that are only shown. */
export function findShownProblem(record: object, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const text = (record as Record<string, unknown>)[field];
    const problem = typeof text === "string" ? findTextProblem(field, text) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isText(text: string, codePoints: number): boolean {
  // A code point has at most two units; most texts are not counted.
  const isShort = text.length <= codePoints || (text.length <= 2 * codePoints && [...text].length <= codePoints);
  return isShort && text.isWellFormed() && !text.includes("\0");
}
