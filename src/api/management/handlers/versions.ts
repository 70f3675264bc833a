import type { InstallationFile } from "../../../domain/product.ts";
import * as operations from "../../../management/operations/versions.ts";
import { addInstallationFile } from "../../../use-cases/vendor/products/add-installation-file.ts";
import { changeInstallationFile } from "../../../use-cases/vendor/products/change-installation-file.ts";
import { deleteInstallationFile } from "../../../use-cases/vendor/products/delete-installation-file.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { fromWire, toWire } from "../names.ts";
import { codesOfProducts } from "../product-codes.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";

const refOf = (value: number) => ({ kind: "installation_file", field: "id", value }) as const;
const etagOf = ({ version }: { readonly version: number }) => refOf(version);

/** Versions of products, which are installation files to the License API. */
export function versionHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  const show = async (outcome: Parameters<typeof showRecord<InstallationFile>>[0]) => {
    const codes = await codesOfProducts(store);
    return showRecord(outcome, (file) => versionToWire(file, codes));
  };
  return [
    bindList(operations.listVersions, async () => {
      const codes = await codesOfProducts(store);
      return {
        items: await store.records("installation_file"),
        fields: {
          ...recordFieldsOf<InstallationFile>(operations.listVersions.list),
          product: ({ productId }) => codes.get(productId),
          is_enabled: ({ enabled }) => enabled,
          size_bytes: ({ size }) => size,
        },
        toWire: (file) => versionToWire(file, codes),
      };
    }),
    bind(
      operations.createVersion,
      async ({ body, store: asked }) =>
        show(await addInstallationFile({ store: asked, secrets }, versionFromWire(body) as never)),
      { again: async (id) => show(await findRecord(store, refOf(id))) },
    ),
    bind(operations.showVersion, async ({ params }) => show(await findRecord(store, etagOf(params)))),
    bind(
      operations.updateVersion,
      async ({ params, body, store: asked }) =>
        show(await changeInstallationFile({ store: asked, secrets }, params.version, versionFromWire(body))),
      { etagOf },
    ),
    bind(
      operations.deleteVersion,
      ({ params, store: asked }) => deleteInstallationFile({ store: asked, secrets }, params.version),
      { etagOf },
    ),
  ];
}

function versionToWire(file: InstallationFile, codes: ReadonlyMap<number, string>) {
  const { id, productId, version, size, enabled, releasedAt, ...texts } = file;
  return {
    id,
    product: codes.get(productId) ?? "",
    version,
    ...toWire(texts),
    released_at: new Date(releasedAt).toISOString(),
    size_bytes: size,
    is_enabled: enabled,
  };
}

function versionFromWire(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { size_bytes: size, is_enabled: enabled, ...rest } = given;
  return { ...fromWire(rest), ...(size !== undefined && { size }), ...(enabled !== undefined && { enabled }) };
}
