import { loadConfig } from "../config/load-config.ts";
import { type Config, type OptionName, optionNames, options } from "../config/options.ts";

interface TextFlag {
  readonly kind: "parsed";
  readonly brief: string;
  readonly optional: true;
  readonly placeholder: string;
  readonly inferEmpty: boolean;
  parse(text: string): string;
}

export type ConfigFlags = { readonly [Name in OptionName | "config"]?: string };

/** A flag for every setting, and one that names the file of settings. */
export const configFlags = Object.fromEntries([
  ...optionNames.map((name) => {
    const { about, kind, default: value } = options[name];
    const isSaid = value === undefined || (Array.isArray(value) && value.length === 0);
    return [name, textFlag(isSaid ? about : `${about} [default: ${String(value)}]`, kind)];
  }),
  ["config", textFlag("file of settings [default: seatkeeper.yaml, if it is there]", "file")],
]) as Record<OptionName | "config", TextFlag>;

/** @throws Fault `config_invalid` */
export function configFromFlags({ config: file, ...flags }: ConfigFlags): Config {
  return loadConfig({ flags, environment: process.env, file });
}

function textFlag(brief: string, kind: string): TextFlag {
  return { kind: "parsed", brief, optional: true, placeholder: kind, inferEmpty: kind === "boolean", parse: String };
}
