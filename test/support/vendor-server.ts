import pino, { type Logger } from "pino";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import { startVendor, type VendorSide } from "../../src/sides/vendor-side.ts";
import { createApiKey, type NewApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { HttpClient, type Reply, type Request } from "./http-client.ts";
import { useTempFolder } from "./temp-folder.ts";
import { TestClock } from "./test-clock.ts";

/** What an application proves itself with. */
export interface TestKey {
  readonly apiKey: string;
  readonly sharedKey: string;
}

export interface VendorOptions {
  readonly config?: Partial<Config>;
  readonly log?: Logger;
}

type Query = Readonly<Record<string, unknown>>;

/** A real vendor in this process: a real socket on a free port, a real database in a temporary folder. */
export class TestVendorServer {
  readonly clock = new TestClock();
  readonly #config: Config;
  readonly #log: Logger;
  readonly #client = new HttpClient(() => Number(new URL(this.side.url).port));
  #side: VendorSide | undefined;
  #key: TestKey | undefined;

  constructor(folder: string, { config, log }: VendorOptions) {
    this.#log = log ?? pino({ level: "silent" });
    this.#config = {
      ...(Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config),
      "data-dir": folder,
      "license-api.port": 0,
      "management.port": 0,
      ...config,
    };
  }

  /** The running side: what use cases take for their context. */
  get side(): VendorSide {
    if (this.#side === undefined) throw new Error("the vendor is not running");
    return this.#side;
  }

  get url(): string {
    return this.side.url;
  }

  /** The API key that requests are signed with unless they say otherwise. */
  get key(): TestKey {
    if (this.#key === undefined) throw new Error("the vendor has never been started");
    return this.#key;
  }

  async start(changes: Partial<Config> = {}): Promise<void> {
    this.#side = await startVendor({ ...this.#config, ...changes }, { log: this.#log, clock: this.clock });
    this.#key ??= await this.makeKey();
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#side?.close();
    this.#side = undefined;
  }

  /** Stops, and starts again on the same database. */
  async restart(changes: Partial<Config> = {}): Promise<void> {
    await this.stop();
    await this.start(changes);
  }

  async makeKey(options: Partial<NewApiKey> = {}): Promise<TestKey> {
    const made = await createApiKey(this.side, { name: "test", ...options });
    if ("refused" in made) throw new Error(`the API key was refused: ${made.about}`);
    return { apiKey: made.apiKey.key, sharedKey: made.sharedKey };
  }

  /** Headers that prove the key, at the vendor's time. */
  authorize({ apiKey, sharedKey } = this.key, date = new Date(this.clock.wall()).toUTCString()) {
    const signature = signDate(sharedKey, date);
    return {
      date,
      authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${apiKey}"`,
    };
  }

  /** A signed POST. @param path below `/api/v4` */
  post(path: string, body: unknown, headers: Request["headers"] = {}): Promise<Reply> {
    return this.send({ method: "POST", path: `/api/v4${path}`, body, headers: { ...this.authorize(), ...headers } });
  }

  /** A signed GET. @param path below `/api/v4` */
  get(path: string, query: Query = {}, headers: Request["headers"] = {}): Promise<Reply> {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    const target = `/api/v4${path}${search === "" ? "" : `?${search}`}`;
    return this.send({ method: "GET", path: target, headers: { ...this.authorize(), ...headers } });
  }

  /** A request as it is, unsigned. */
  send(request: Request): Promise<Reply> {
    return this.#client.send(request);
  }

  /** Writes bytes to a new connection. @returns all that comes back until the server ends it */
  raw(bytes: string | Buffer): Promise<string> {
    return this.#client.raw(bytes);
  }
}

/** Starts a vendor that ends with the test, or with the file where `test` is `{ after }`. */
export async function startVendorServer(
  test: { after(cleanUp: () => void | Promise<void>): void },
  vendorOptions: VendorOptions = {},
): Promise<TestVendorServer> {
  let server: TestVendorServer | undefined;
  test.after(() => server?.stop());
  server = new TestVendorServer(useTempFolder(test), vendorOptions);
  await server.start();
  return server;
}
