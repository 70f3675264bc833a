import { styleText } from "node:util";
import { buildCommand } from "@stricli/core";
import { CommandFailure } from "../command-failure.ts";
import { switchFlag, textFlag } from "../flags.ts";
import { type ConnectionFlags, connectionFlags } from "../management/connection.ts";
import type { Finding } from "./finding.ts";

interface Flags extends ConnectionFlags {
  readonly "data-dir"?: string;
  readonly "key-file"?: string;
  readonly config?: string;
  readonly json: boolean;
}

/**
 * `seatkeeper doctor`: what is wrong here, and what to do. Exit code 1 where something is.
 *
 * With `--json` it prints `{"is_healthy": …, "findings": [{"check", "result": "ok" | "bad" | "skipped", "found", "advice"}]}`.
 */
export const doctor = buildCommand<Flags>({
  docs: { brief: "Check settings, data folder, database, ports, clock, server and token, and say what to do" },
  parameters: {
    flags: {
      "data-dir": textFlag("data folder to look at; or SEATKEEPER_DATA_DIR", "folder"),
      "key-file": textFlag("file with the key of the database's secrets", "file"),
      config: textFlag("file of settings [default: seatkeeper.yaml, if it is there]", "file"),
      ...connectionFlags,
      json: switchFlag("print the findings as JSON"),
    },
  },
  async func({ "data-dir": dataDir, "key-file": keyFile, config, json, ...connection }) {
    // Loaded here, because no other command looks into a database.
    const { runDoctor } = await import("./run-doctor.ts");
    const settings = {
      ...(dataDir !== undefined && { "data-dir": dataDir }),
      ...(keyFile !== undefined && { "key-file": keyFile }),
      ...(config !== undefined && { config }),
    };
    const findings = await runDoctor(settings, connection);
    const wrong = findings.filter(({ result }) => result === "bad").length;
    if (json) process.stdout.write(`${JSON.stringify({ is_healthy: wrong === 0, findings }, null, 2)}\n`);
    else for (const finding of findings) process.stdout.write(lineOf(finding));
    if (wrong > 0) throw new CommandFailure("failed", `${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong`);
  },
});

const SIGNS = { ok: ["green", "✔"], bad: ["red", "✖"], skipped: ["dim", "–"] } as const;

function lineOf({ result, found, advice }: Finding): string {
  const [color, sign] = SIGNS[result];
  return `${styleText(color, sign, { stream: process.stdout })} ${found}${advice === null ? "" : `: ${advice}`}\n`;
}
