import { buildCommand } from "@stricli/core";
import { createLog } from "../observe/log.ts";
import { vendorBanner } from "./banner.ts";
import { type ConfigFlags, configFlags, configFromFlags } from "./config-flags.ts";
import { runUntilStopped } from "./run-until-stopped.ts";

/** `seatkeeper vendor`: the vendor's side. */
export const vendor = buildCommand<ConfigFlags>({
  docs: { brief: "Run a vendor's server: activate devices, hand out the seats that float in the cloud" },
  parameters: { flags: configFlags },
  async func(flags) {
    const config = configFromFlags(flags);
    const log = await createLog(config["log.level"] ?? "info");
    const { startVendor } = await import("../sides/vendor-side.ts");
    const side = await startVendor(config, { log });
    runUntilStopped(log, side.close);
    process.stdout.write(`${vendorBanner(side, config)}\n`);
  },
});
