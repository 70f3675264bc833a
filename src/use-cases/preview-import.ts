import { unchanged } from "../domain/decision.ts";
import type { FileRefusalCode, Refusal } from "../domain/outcome.ts";
import { type ImportContext, type LicenseImport, readImport } from "./import-license.ts";

/** What importing a file would do now, or which check it would fail. Nothing is changed. */
export async function previewImport(
  context: ImportContext,
  text: string,
  product?: string,
): Promise<LicenseImport | Refusal<FileRefusalCode>> {
  const read = readImport(context, text, product);
  if ("refused" in read) return read;
  return context.store.transact(read.scope, (view) => unchanged(read.decide(view).outcome));
}
