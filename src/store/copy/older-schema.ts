import { CopyRefusal } from "./copy-port.ts";

/** To bring a source to the newest version would change it, and the older program could not go back to it. */
export function olderSchema(what: string, version: number, newest: number): CopyRefusal {
  const sentence = `${what} has schema version ${version}, and this program copies version ${newest}`;
  return new CopyRefusal(`${sentence}: start this program's server on it once, which brings it there, and stop it`);
}
