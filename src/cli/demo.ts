import { buildCommand } from "@stricli/core";
import { createLog } from "../observe/log.ts";
import { floatingBanner, vendorBanner } from "./banner.ts";
import { type ConfigFlags, configFlags, configFromFlags } from "./config-flags.ts";
import { runUntilStopped } from "./run-until-stopped.ts";

/** `seatkeeper demo`: everything in one process, with products to try. */
export const demo = buildCommand<ConfigFlags>({
  docs: { brief: "Run both sides in one process, with products, features and licenses to try" },
  parameters: { flags: configFlags },
  async func(flags) {
    const config = configFromFlags(flags);
    const log = await createLog(config["log.level"] ?? "warn");
    const { startDemo } = await import("../demo/start-demo.ts");
    const { vendor, floating, description, close } = await startDemo(config, { log });
    runUntilStopped(log, close);
    const { product, features } = description;
    const body = JSON.stringify({ product, feature: features.offline, user: "ada" });
    process.stdout.write(
      [
        vendorBanner(vendor, config),
        floatingBanner(floating, config),
        "",
        "Take a seat:",
        `  curl -X POST ${floating.url}/api/v4/featureRegister -H 'Content-Type: application/json' -d '${body}'`,
        "",
      ].join("\n"),
    );
  },
});
