import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import type { License } from "../../src/domain/license.ts";
import { type FloatingSide, startFloating } from "../../src/sides/floating-side.ts";
import type { Store } from "../../src/store/store.ts";
import type { LicenseObject } from "../../src/wire/license-object.ts";
import { HttpClient, type Reply, type Request } from "./http-client.ts";
import { makeVendor, requestLicense, requestSettings, uploadLicense } from "./license-files.ts";
import { useTempFolder } from "./temp-folder.ts";
import { TestClock } from "./test-clock.ts";

/** What the files of every test server are signed with. */
export const vendor = makeVendor();

export interface ServerOptions {
  /** Imported in this order, each through a real upload. */
  readonly licenses?: readonly License[];
  readonly config?: Partial<Config>;
  readonly log?: Logger;
}

/** A real floating server in this process: a real socket on a free port, a real database in a temporary folder. */
export class TestServer {
  readonly clock = new TestClock();
  readonly #config: Config;
  readonly #log: Logger;
  readonly #client = new HttpClient(() => this.port);
  #side: FloatingSide | undefined;

  constructor(folder: string, { config, log }: ServerOptions) {
    const publicKeyFile = join(folder, "vendor.pem");
    writeFileSync(publicKeyFile, vendor.publicKey);
    this.#log = log ?? pino({ level: "silent" });
    this.#config = {
      ...(Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config),
      "data-dir": folder,
      "floating-server.port": 0,
      "management.port": 0,
      "vendor.public-key-file": publicKeyFile,
      ...requestSettings(folder),
      ...config,
    };
  }

  /** The running side: what use cases take for their context. */
  get side(): FloatingSide {
    return this.#running;
  }

  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get hardwareId(): string {
    return this.#running.hardwareId;
  }

  /** Where its database is. */
  get databaseFile(): string {
    return join(this.#config["data-dir"], "floating.db");
  }

  get store(): Store {
    return this.#running.store;
  }

  get #running(): FloatingSide {
    if (this.#side === undefined) throw new Error("the server is not running");
    return this.#side;
  }

  async start(changes: Partial<Config> = {}): Promise<void> {
    this.#side = await startFloating({ ...this.#config, ...changes }, { log: this.#log, clock: this.clock });
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

  /** Has the server write a request, and the vendor answer it. @returns the license file */
  async answer(license: License | LicenseObject, issuedAt?: number): Promise<string> {
    return vendor.answerRequest(await requestLicense(this.url, license), license, issuedAt);
  }

  /** @returns the license object that the upload answers */
  async import(license: License, issuedAt?: number): Promise<LicenseObject> {
    return this.#upload(await this.answer(license, issuedAt));
  }

  async refresh(license: License, refreshedAt: number): Promise<LicenseObject> {
    return this.#upload(await vendor.refresh(license, this.hardwareId, refreshedAt));
  }

  post(path: string, body?: unknown, headers: Request["headers"] = {}): Promise<Reply> {
    return this.send({ method: "POST", path, body, headers });
  }

  get(path: string, headers: Request["headers"] = {}): Promise<Reply> {
    return this.send({ method: "GET", path, headers });
  }

  send(request: Request): Promise<Reply> {
    return this.#client.send(request);
  }

  /** Writes bytes to a new connection. @returns all that comes back until the server ends it */
  raw(bytes: string | Buffer): Promise<string> {
    return this.#client.raw(bytes);
  }

  async #upload(file: string): Promise<LicenseObject> {
    const response = await uploadLicense(this.url, file);
    if (!response.ok) throw new Error(`the upload was refused: ${await response.text()}`);
    return (await response.json()) as LicenseObject;
  }
}

/** Starts a floating server that ends with the test, or with the file where `test` is `{ after }`. */
export async function startFloatingServer(
  test: { after(cleanUp: () => void | Promise<void>): void },
  serverOptions: ServerOptions = {},
): Promise<TestServer> {
  let server: TestServer | undefined;
  test.after(() => server?.stop());
  server = new TestServer(useTempFolder(test), serverOptions);
  await server.start();
  for (const license of serverOptions.licenses ?? []) await server.import(license);
  return server;
}
