/** Who wants to know that a store has changed. */
export class ChangeListeners {
  readonly #listeners = new Set<() => void>();

  /** @returns what ends it */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
