import { buildCommand } from "@stricli/core";
import { readChoice } from "../management/read-value.ts";
import { type Shell, scripts } from "./scripts.ts";

const shells = Object.keys(scripts) as Shell[];

/** `seatkeeper completion bash`: a script for the shell. [CLI-5] */
export const completion = buildCommand<Record<never, never>, [Shell]>({
  docs: {
    brief: "Print a script that completes commands, flags and values in bash, zsh or fish",
    fullDescription: [
      "Print a script that completes commands, flags and values.",
      "bash: source <(seatkeeper completion bash)",
      "zsh:  source <(seatkeeper completion zsh)",
      "fish: seatkeeper completion fish | source",
    ].join("\n"),
  },
  parameters: {
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: shells.join(", "),
          placeholder: "shell",
          parse: (text) => readChoice(shells, text) as Shell,
          proposeCompletions: () => shells,
        },
      ],
    },
  },
  func(_flags, shell) {
    process.stdout.write(scripts[shell]);
  },
});
