import { existsSync, readFileSync } from "node:fs";
import leven from "leven";
import { parse as parseYaml } from "yaml";
import { Fault } from "../fault.ts";
import { type Config, environmentName, type OptionName, optionNames, options, parseOption } from "./options.ts";

const DEFAULT_FILE = "seatkeeper.yaml";
/** Variables of this prefix that are not settings. */
const NOT_SETTINGS = /^SEATKEEPER_(TEST_|(URL|TOKEN)$)/;

export interface ConfigSources {
  /** Values of flags, by setting. */
  readonly flags: Readonly<Partial<Record<OptionName, string | undefined>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file named by `--config`; left out: `seatkeeper.yaml` in the working folder, if it is there. */
  readonly file?: string | undefined;
}

/** Flags win over the environment, that over the file, that over the defaults. @throws Fault `config_invalid` */
export function loadConfig({ flags, environment, file }: ConfigSources): Config {
  const config: Partial<Record<OptionName, unknown>> = {};
  for (const name of optionNames) config[name] = options[name].default;
  for (const [name, value, source] of [...fromFile(file), ...fromEnvironment(environment)]) {
    config[name] = parseOption(name, value, source);
  }
  for (const name of optionNames) {
    const value = flags[name];
    if (value !== undefined) config[name] = parseOption(name, value, `--${name}`);
  }
  return config as Config;
}

type Given = [name: OptionName, value: string, source: string];

function fromEnvironment(environment: ConfigSources["environment"]): Given[] {
  const byVariable = new Map(optionNames.map((name) => [environmentName(name), name]));
  return Object.entries(environment).flatMap(([variable, value]): Given[] => {
    if (value === undefined || value === "" || !variable.startsWith("SEATKEEPER_") || NOT_SETTINGS.test(variable))
      return [];
    const name = byVariable.get(variable);
    if (name === undefined) throw unknownSetting(variable, [...byVariable.keys()], "the environment");
    return [[name, value, variable]];
  });
}

function fromFile(file: string | undefined): Given[] {
  const path = file ?? DEFAULT_FILE;
  if (file === undefined && !existsSync(path)) return [];
  let content: unknown;
  try {
    content = parseYaml(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Fault("config_invalid", `${path} cannot be read: ${(error as Error).message.split("\n")[0]}`);
  }
  return flatten(content, "", path).map(([name, value]): Given => {
    if (!isOptionName(name)) throw unknownSetting(name, optionNames, path);
    return [name, value, path];
  });
}

/** `floating-server: {port: 1}` and `floating-server.port: 1` are the same. */
function flatten(content: unknown, prefix: string, path: string): [string, string][] {
  if (content === null || content === undefined) return [];
  if (Array.isArray(content)) return [[prefix, content.join(",")]];
  if (typeof content !== "object") {
    if (prefix === "") throw new Fault("config_invalid", `${path} must hold settings, one "name: value" a line`);
    return [[prefix, String(content)]];
  }
  return Object.entries(content).flatMap(([key, value]) =>
    flatten(value, prefix === "" ? key : `${prefix}.${key}`, path),
  );
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function unknownSetting(name: string, known: readonly string[], source: string): Fault {
  const nearest = known.toSorted((a, b) => leven(a, name) - leven(b, name))[0] ?? "";
  const hint = leven(nearest, name) <= 4 ? ` Did you mean ${nearest}?` : "";
  return new Fault("config_invalid", `${source}: there is no setting ${name}.${hint}`);
}
