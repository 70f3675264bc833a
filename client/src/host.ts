/** What a program's surroundings give: Node does, a browser does not. */
export interface Host {
  /** Who runs the program, and where: `ada@workstation-7`. */
  readonly user?: string;
  readonly hostname?: string;
  readonly localAddress?: string;
  /** Has something done before the program ends. @returns what takes that back */
  onExit?(act: () => Promise<void>): () => void;
}
