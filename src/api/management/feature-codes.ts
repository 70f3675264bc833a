import type { License } from "../../domain/license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { Store } from "../../store/store.ts";

/** What licenses and features are called, for what knows them by their ids: events, seats, holds. */
export class FeatureCodes {
  readonly #licenses: ReadonlyMap<number, License>;
  readonly #codes = new Map<number, Map<number, string>>();

  private constructor(licenses: readonly License[]) {
    this.#licenses = new Map(licenses.map((license) => [license.id, license]));
  }

  /** Of the licenses that are there now. */
  static async of(store: Pick<Store, "licenses">): Promise<FeatureCodes> {
    return new FeatureCodes(await store.licenses());
  }

  license(id: number): License | undefined {
    return this.#licenses.get(id);
  }

  /** Null where the license is gone. */
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
