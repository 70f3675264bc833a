import type { License } from "../../domain/license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";

/** What licenses and features are called, for events that know them by their ids. */
export class FeatureCodes {
  readonly #licenses: ReadonlyMap<number, License>;
  readonly #codes = new Map<number, Map<number, string>>();

  constructor(licenses: readonly License[]) {
    this.#licenses = new Map(licenses.map((license) => [license.id, license]));
  }

  license(id: number): License | undefined {
    return this.#licenses.get(id);
  }

  productOf(licenseId: number): string | null {
    return this.#licenses.get(licenseId)?.product.code ?? null;
  }

  /** Null for the license itself, and where it has no such feature any more. */
  codeOf(licenseId: number, featureId: number): string | null {
    if (featureId === LICENSE_POOL) return null;
    let codes = this.#codes.get(licenseId);
    if (codes === undefined) {
      codes = new Map(this.#licenses.get(licenseId)?.features.map(({ id, code }) => [id, code]));
      this.#codes.set(licenseId, codes);
    }
    return codes.get(featureId) ?? null;
  }

  /** The ids that features of these codes have. */
  idsOf(codes: readonly string[]): number[] {
    const ids = new Set<number>();
    for (const { features } of this.#licenses.values()) {
      for (const { id, code } of features) if (codes.includes(code)) ids.add(id);
    }
    return [...ids];
  }
}
