import { buildCommand } from "@stricli/core";
import { showConfig } from "../config/show-config.ts";
import { type ConfigFlags, configFlags, configFromFlags } from "./config-flags.ts";

/** `seatkeeper config show`: the settings in force. */
export const configShow = buildCommand<ConfigFlags>({
  docs: { brief: "Print the settings in force, from flags, environment and file" },
  parameters: { flags: configFlags },
  func(flags) {
    process.stdout.write(showConfig(configFromFlags(flags)));
  },
});
