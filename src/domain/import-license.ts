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
  const taken = withFirstTotals(view, license);
  return {
    outcome: { imported: known === undefined ? "new" : "updated", license: taken },
    changes: [{ change: "put_license", license: taken, file }, ...firstCounters(view, taken)],
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

/**
 * Takes over a license from an answer, which must be to a request that was written here and that no other file was
 * imported for. [FILE-8] The view shows every request.
 */
export function decideAnswerImport(
  view: View,
  license: License,
  file: ImportedFile,
  requestId: string,
): Decision<Imported | Refusal<FileRefusalCode>> {
  const { outcome, changes, events } = decideImport(view, license, file);
  if ("refused" in outcome || outcome.imported === "unchanged") return { outcome, changes, events };
  const requests = view.records.every("offline_request");
  const request = requests.find((each) => each.kind === "activation" && each.requestId === requestId);
  if (request === undefined) return unchanged(refuse("offline_request_unknown"));
  // Closed without a license that came of it: the license was given back since. [FILE-9]
  if (request.isClosed && request.licenseId === null) return unchanged(refuse("license_file_outdated"));
  if (request.isClosed) return unchanged(refuse("offline_request_reused"));
  const answered = { ...request, licenseId: license.id, isClosed: true };
  return {
    outcome,
    changes: [...changes, { change: "put_record", kind: "offline_request", record: answered }],
    events,
  };
}

/** Takes over a refresh, which needs no request. Of a license that was given back it is outdated. [FILE-9] */
export function decideRefreshImport(
  view: View,
  license: License,
  file: ImportedFile,
): Decision<Imported | Refusal<FileRefusalCode>> {
  const isGivenBack = view.records
    .every("offline_request")
    .some(({ kind, licenseId }) => kind === "deactivation" && licenseId === license.id);
  if (view.license === undefined && isGivenBack) return unchanged(refuse("license_file_outdated"));
  return decideImport(view, license, file, "refresh");
}

/** The license with what its counters started from: files that came later say what the vendor has counted since. */
function withFirstTotals({ license: known, counters }: View, license: License): License {
  if (known === undefined) return license;
  const keep = (
    featureId: number,
    terms: ConsumptionTerms | null,
    earlier: ConsumptionTerms | null | undefined,
  ): ConsumptionTerms | null =>
    terms && earlier && counters.has(featureId) ? { ...terms, initialTotal: earlier.initialTotal } : terms;
  return {
    ...license,
    consumption: keep(LICENSE_POOL, license.consumption, known.consumption),
    features: license.features.map((feature) => {
      const earlier = known.features.find(({ id }) => id === feature.id)?.consumption;
      return { ...feature, consumption: keep(feature.id, feature.consumption, earlier) };
    }),
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
