/** Least characters of an admin's password. */
const SHORTEST_PASSWORD = 10;

/** Why an admin's password cannot be so. @param field what the caller calls it */
export function findPasswordProblem(field: string, password: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `${field} must be at least ${SHORTEST_PASSWORD} characters`;
  return length > 255 ? `${field} must not be longer than 255 characters` : undefined;
}
