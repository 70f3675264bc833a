/**
 * What the first form of license signature is made over. [SIGN-4]
 *
 * @param licensee the license key, or the user name, of which the part before `|` counts
 * @param validity as it stands in the license object
 */
export function deviceText(licensee: string, hardwareId: string, validity: string | null): string {
  return `${hardwareId}#${licensee.split("|")[0]}#${validity ?? ""}`.toLowerCase();
}
