import { buildCommand } from "@stricli/core";
import { createLog } from "../observe/log.ts";
import { floatingBanner } from "./banner.ts";
import { type ConfigFlags, configFlags, configFromFlags } from "./config-flags.ts";
import { runUntilStopped } from "./run-until-stopped.ts";

/** `seatkeeper floating`: the customer's side. */
export const floating = buildCommand<ConfigFlags>({
  docs: { brief: "Run a floating server: import licenses, hand out seats" },
  parameters: { flags: configFlags },
  async func(flags) {
    const config = configFromFlags(flags);
    const log = await createLog(config["log.level"] ?? "info");
    // Loaded here, because what a command does not need makes its process larger for nothing.
    const { startFloating } = await import("../sides/floating-side.ts");
    const side = await startFloating(config, { log });
    runUntilStopped(log, side.close);
    process.stdout.write(`${floatingBanner(side, config)}\n`);
  },
});
