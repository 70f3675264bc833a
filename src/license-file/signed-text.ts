/**
 * What `license_signature_v2` is made over: the compact JSON in file order without the signature members. In a
 * refresh only `license_signature_v2` itself is left out. [FILE-1]
 *
 * @returns undefined where the object is nested too deeply to be written
 */
export function signedText(object: Readonly<Record<string, unknown>>, isRefresh: boolean): string | undefined {
  const members = Object.entries(object).filter(
    ([name]) => name !== "license_signature_v2" && (isRefresh || name !== "license_signature"),
  );
  try {
    return JSON.stringify(Object.fromEntries(members));
  } catch {
    return undefined;
  }
}
