import { counterAt } from "./counter.ts";
import type { Change, Decision, ImportedFile, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { ConsumptionTerms, License } from "./license.ts";
import { type FileRefusalCode, type Refusal, refuse } from "./outcome.ts";
import { LICENSE_POOL } from "./seat.ts";

export interface Imported {
  readonly imported: "new" | "updated" | "unchanged";
  readonly license: License;
}

/** Takes over a license from a file whose signature has been verified already. [FILE-4] [FILE-5] */
export function decideImport(
  view: View,
  license: License,
  file: ImportedFile,
  kind: "answer" | "refresh" = "answer",
): Decision<Imported | Refusal<FileRefusalCode>> {
  const { license: known, importedFile } = view;
  if (known === undefined && kind === "refresh") {
    return unchanged(refuse("license_file_invalid", "kind: a refresh of a license that was never imported"));
  }
  if (known !== undefined && known.product.code !== license.product.code) {
    return unchanged(refuse("license_file_invalid", `product: the license belongs to ${known.product.code}`));
  }
  if (known !== undefined && importedFile !== undefined) {
    if (importedFile.digest === file.digest) return unchanged({ imported: "unchanged", license: known });
    if (file.issuedAt < importedFile.issuedAt) return unchanged(refuse("license_file_outdated"));
  }
  const imported = known === undefined ? "new" : "updated";
  return {
    outcome: { imported, license },
    changes: [{ change: "put_license", license, file }, ...firstCounters(view, license)],
    events: [
      {
        kind: known === undefined ? "license_imported" : "license_updated",
        licenseId: license.id,
        featureId: LICENSE_POOL,
        data: { product: license.product.code, digest: file.digest, issuedAt: file.issuedAt },
      },
    ],
  };
}

/** Counters start from the file once; later files leave what was counted here alone. */
function firstCounters(view: View, license: License): Change[] {
  const start = (featureId: number, terms: ConsumptionTerms | null): Change[] =>
    terms === null || view.counters.has(featureId)
      ? []
      : [
          {
            change: "put_counter",
            counter: counterAt(undefined, { licenseId: license.id, featureId }, terms, view.now),
          },
        ];
  return [
    ...start(LICENSE_POOL, license.consumption),
    ...license.features.flatMap((feature) => start(feature.id, feature.consumption)),
  ];
}
