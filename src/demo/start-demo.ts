import { join, resolve } from "node:path";
import { type FloatingSide, type Surroundings, startFloating } from "../app.ts";
import type { Config } from "../config/options.ts";
import { Fault } from "../fault.ts";
import { importLicense } from "../use-cases/import-license.ts";
import { DEMO_FEATURES, DEMO_PRODUCT, FLOATING_LICENSE_ID } from "./demo-licenses.ts";
import { DemoVendor } from "./demo-vendor.ts";
import { writeFileAtomically } from "./write-file.ts";

export interface Demo {
  readonly floating: FloatingSide;
  /** What scripts need to use the demo, also written to `demo.json` in the data folder. */
  readonly description: DemoDescription;
  close(): Promise<void>;
}

export interface DemoDescription {
  readonly floatingServer: string;
  readonly product: string;
  readonly features: typeof DEMO_FEATURES;
  readonly floatingLicenseId: number;
  readonly publicKeyFile: string;
}

/** Both sides in one process, with a product to try; a second start finds it all there. */
export async function startDemo(config: Config, surroundings: Surroundings): Promise<Demo> {
  const dataDir = resolve(config["data-dir"]);
  const vendor = new DemoVendor(dataDir);
  const floating = await startFloating({ ...config, "vendor.public-key-file": vendor.publicKeyFile }, surroundings);
  const known = await floating.store.licenses();
  if (!known.some((license) => license.id === FLOATING_LICENSE_ID)) {
    const imported = await importLicense(floating, vendor.answer(floating.hardwareId), DEMO_PRODUCT);
    if ("refused" in imported) throw new Fault("internal_error", `the demo license was refused: ${imported.about}`);
  }
  const description: DemoDescription = {
    floatingServer: floating.url,
    product: DEMO_PRODUCT,
    features: DEMO_FEATURES,
    floatingLicenseId: FLOATING_LICENSE_ID,
    publicKeyFile: vendor.publicKeyFile,
  };
  writeFileAtomically(join(dataDir, "demo.json"), `${JSON.stringify(description, null, 2)}\n`);
  return { floating, description, close: floating.close };
}
