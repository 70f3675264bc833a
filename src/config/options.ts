import { Fault } from "../fault.ts";

/** One setting: its text form, what it means, and what it is when nobody says. */
export interface Option<T> {
  readonly kind: "text" | "port" | "boolean" | "seconds" | "count" | "list";
  readonly about: string;
  readonly default: T;
  /** Reads the text of a flag, a variable or a file. @throws Error whose message ends the sentence "NAME …" */
  parse(text: string): T;
  /** Never shown. */
  readonly isSecret?: boolean;
  /** What is shown of it. */
  show?(value: string): string;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

function text(about: string, value: string): Option<string>;
function text(about: string): Option<string | undefined>;
function text(about: string, value?: string): Option<string | undefined> {
  return { kind: "text", about, default: value, parse: (given) => given };
}

function oneOf(about: string, values: readonly string[]): Option<string | undefined> {
  const parse = (given: string) => {
    if (values.includes(given)) return given;
    throw new Error(`must be one of ${values.join(", ")}`);
  };
  return { ...text(`${about}: ${values.join(", ")}`), parse };
}

function secret(about: string): Option<string | undefined> {
  return { ...text(about), isSecret: true };
}

function origin(about: string): Option<string | undefined> {
  return { ...text(about), parse: parseOrigin };
}

function port(about: string, value: number): Option<number> {
  return { kind: "port", about: `${about}; 0 is any free one`, default: value, parse: parsePort };
}

function boolean(about: string, value: boolean): Option<boolean> {
  return { kind: "boolean", about, default: value, parse: parseBoolean };
}

function seconds(about: string, value: number): Option<number> {
  return { kind: "seconds", about, default: value, parse: parseSeconds };
}

function count(about: string, value: number, least: number): Option<number> {
  const parse = (given: string) => {
    const number = Number(given);
    if (/^\d{1,4}$/.test(given) && number >= least) return number;
    throw new Error(`must be a number from ${least} to 9999`);
  };
  return { kind: "count", about, default: value, parse };
}

/** An address that may have a password in it. */
function database(about: string): Option<string | undefined> {
  return { ...text(about), show: (url) => url.replace(/^([a-z]+:\/\/[^/@]*?):[^@/]*@/i, "$1:***@") };
}

function list(about: string): Option<readonly string[]> {
  const parse = (given: string) =>
    given
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  return { kind: "list", about: `${about}; separated by commas`, default: [], parse };
}

/**
 * Every setting. One name in three spellings: `a.b-c` in `seatkeeper.yaml`, `--a.b-c` as a flag,
 * `SEATKEEPER_A_B_C` in the environment.
 */
export const options = {
  "data-dir": text("folder of the database and of everything else that is kept", "./data"),
  "key-file": text(
    "file with the key that secrets in the database are encrypted with; left out: seatkeeper.key in the data folder",
  ),
  "store.url": database(
    "where the data is kept: `sqlite:FILE`, or `postgres://USER@HOST/DATABASE?sslmode=verify-full` for many nodes; left out: a file in the data folder",
  ),
  "store.password-file": text("file with the password of the database's user; left out: the one in `store.url`"),
  "store.pool-size": count("connections to PostgreSQL that a node has at most, beside one for itself", 10, 4),
  "floating-server.host": text("address the Floating Server listens on; 0.0.0.0 opens it to the network", "127.0.0.1"),
  "floating-server.port": port("port of the Floating Server", 8080),
  "floating-server.allowed-hosts": list("names the Floating Server is known by, beside IP addresses and localhost"),
  "license-api.host": text("address the License API listens on", "127.0.0.1"),
  "license-api.port": port("port of the License API", 8081),
  "license-api.public-url": text("address clients reach the License API under, where a proxy stands before it"),
  "license-api.tls-cert-file": text("PEM file with the License API's certificate: it speaks HTTPS then"),
  "license-api.tls-key-file": text("PEM file with the key of that certificate"),
  "license-api.sso-login-url": text(
    "where license users of a customer log in at the identity provider; `<account>` stands for the account code",
  ),
  "license-api.sso-issuer": text(
    "the identity provider's OpenID issuer for a customer; `<account>` stands for the account code",
  ),
  "management.host": text("address the management API listens on", "127.0.0.1"),
  "management.port": port("port of the management API", 8090),
  "management.public-url": origin(
    "address people reach the management API under, where a proxy stands before it; with https, cookies are Secure",
  ),
  "floating-management.port": port("port of the floating side's management API in the demo", 8091),
  "auth.required": boolean("whether users of the Floating Server must log in", false),
  "seats.grace-seconds": seconds("how long a seat outlives its timeout, for clients that renew exactly at it", 30),
  "vendor.public-key-file": text(
    "PEM file with the vendor's public key, or several: what license files are verified with",
  ),
  "vendor.url": text("address of the vendor's License API"),
  "vendor.api-key": secret("API key for the vendor's License API"),
  "vendor.shared-key-file": text("file with the shared key that belongs to the API key"),
  "log.level": oneOf("what is logged, and what is worse", LOG_LEVELS),
} as const satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof options;
export type Config = {
  readonly [Name in OptionName]: ReturnType<(typeof options)[Name]["parse"]> | (typeof options)[Name]["default"];
};

/** Every name, in the order of the table. */
export const optionNames = Object.keys(options) as OptionName[];

/** What may be shown of a setting; undefined where it is not given, null where it is a secret. */
export function shownValue(config: Config, name: OptionName): unknown {
  const option: Option<unknown> = options[name];
  const value = config[name];
  if (value === undefined) return undefined;
  if (option.isSecret) return null;
  return typeof value === "string" ? (option.show?.(value) ?? value) : value;
}

export function environmentName(name: string): string {
  return `SEATKEEPER_${name.toUpperCase().replace(/[.-]/g, "_")}`;
}

/** @throws Fault `config_invalid` that names the setting and where it was given */
export function parseOption(name: OptionName, given: string, source: string): unknown {
  try {
    return options[name].parse(given);
  } catch (error) {
    const where = source === `--${name}` ? source : `${source}: ${name}`;
    throw new Fault("config_invalid", `${where} ${(error as Error).message}, not "${given}"`);
  }
}

function parsePort(given: string): number {
  const number = Number(given);
  if (/^\d{1,5}$/.test(given) && number <= 65_535) return number;
  throw new Error("must be a port from 0 to 65535");
}

/** @returns scheme, host and port, without a slash */
function parseOrigin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  throw new Error("must be an address without a path, like https://licenses.example.com");
}

function parseBoolean(given: string): boolean {
  if (given === "true" || given === "") return true;
  if (given === "false") return false;
  throw new Error("must be true or false");
}

function parseSeconds(given: string): number {
  const number = Number(given);
  if (/^\d+(\.\d+)?$/.test(given) && number <= 86_400) return number;
  throw new Error("must be a number of seconds up to 86400");
}
