import { readdirSync, readFileSync } from "node:fs";
import { Fault } from "../fault.ts";

/** The steps that bring a schema from each version to the next: files NNNN_verb_noun.sql in a folder. [STORE-5] */
export class Migrations {
  readonly #folder: URL;
  readonly #names: readonly string[];

  constructor(folder: URL) {
    this.#folder = folder;
    this.#names = readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .sort();
  }

  /** The schema version that this program writes. */
  get newest(): number {
    return this.#names.length;
  }

  /** @returns the version @throws Fault `database_too_new` */
  check(version: number): number {
    if (version <= this.newest) return version;
    throw new Fault(
      "database_too_new",
      `The database has schema version ${version}; this program knows versions up to ${this.newest}. ` +
        "Start the newer program that wrote it, or restore a backup made before.",
    );
  }

  /** What a schema of that version lacks, in order. */
  after(version: number): { readonly version: number; readonly sql: string }[] {
    return this.#names.slice(version).map((name, index) => ({
      version: version + index + 1,
      sql: readFileSync(new URL(name, this.#folder), "utf8"),
    }));
  }
}
