/** A file that is made from the sources: its path in the repository, and what it must hold. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}
