import type { OfflineRequest } from "../../../domain/credential.ts";
import * as operations from "../../../management/operations/imports.ts";
import type { Store } from "../../../store/store.ts";
import { deactivateLicense } from "../../../use-cases/deactivate-license.ts";
import { type ImportContext, importLicense, type LicenseImport } from "../../../use-cases/import-license.ts";
import { previewImport } from "../../../use-cases/preview-import.ts";
import { type RequestContext, type WrittenRequest, writeActivationRequest } from "../../../use-cases/write-request.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { changesBetween } from "../field-changes.ts";
import { licenseToWire } from "../license-object.ts";
import { isoTime } from "../names.ts";

/** Licenses of a floating server: how they come, and how they are given back. */
export function importHandlers(floating: ImportContext & RequestContext): readonly Bound[] {
  const { store } = floating;
  return [
    bind(operations.importLicense, async ({ body, store: asked }) => {
      const { file, product, dry_run: isDryRun = false } = body;
      const outcome = isDryRun
        ? await previewImport(floating, file, product)
        : await importLicense({ ...floating, store: asked }, file, product);
      return "refused" in outcome ? outcome : importToWire(store, outcome);
    }),
    bind(operations.removeLicense, async ({ params, body, store: asked }) => {
      const written = await deactivateLicense({ ...floating, store: asked }, params.license, body.username);
      return "refused" in written ? written : writtenToWire(written);
    }),
    bind(operations.createRequest, async ({ body, store: asked }) => {
      const { product, license_key: licenseKey, username, password, license_id: licenseId } = body;
      const wish = { product, licenseKey, username, password, licenseId };
      const written = await writeActivationRequest({ ...floating, store: asked }, wish);
      return "refused" in written ? written : writtenToWire(written);
    }),
    requestListHandler(store),
  ];
}

/** The requests that this side has written, or answered. */
export function requestListHandler(store: Store): Bound {
  return bindList(operations.listRequests, async () => ({
    items: await store.records("offline_request"),
    fields: {
      id: ({ id }: OfflineRequest) => id,
      request_id: ({ requestId }) => requestId,
      kind: ({ kind }) => kind,
      product: ({ product }) => product,
      license: ({ licenseId }) => licenseId,
      at: ({ at }) => at,
      is_closed: ({ isClosed }) => isClosed,
    },
    toWire: ({ id, requestId, kind, product, licenseId, at, isClosed, file }) => ({
      id,
      request_id: requestId,
      kind,
      product,
      license: licenseId,
      at: isoTime(at),
      is_closed: isClosed,
      file: file ?? null,
    }),
  }));
}

async function importToWire(store: Store, { imported, license, before }: LicenseImport) {
  const usage = await store.usage(license.id);
  return {
    result: imported,
    license: licenseToWire(license, usage),
    // What is used of a license is no part of its file.
    changes: before === undefined ? [] : changesBetween(licenseToWire(before), licenseToWire(license)),
  };
}

function writtenToWire({ requestId, file }: WrittenRequest) {
  return { request_id: requestId, file };
}
