import type { Role } from "../../src/domain/admin.ts";
import type { Store } from "../../src/store/store.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { granted } from "../support/make-products.ts";
import { startVendorServer, type TestVendorServer } from "../support/vendor-server.ts";
import { type Finished, Seatkeeper } from "./run-seatkeeper.ts";

interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

export const PASSWORD = "correct horse battery";

/** A vendor that listens, and a command line that has its address and a token of an admin. */
export class ManagementDesk {
  readonly vendor: TestVendorServer;
  readonly url: string;
  readonly token: string;
  readonly seatkeeper: Seatkeeper;

  constructor(test: Finishing, vendor: TestVendorServer, token: string) {
    this.vendor = vendor;
    this.url = vendor.side.managementUrl;
    this.token = token;
    this.seatkeeper = new Seatkeeper(test, { PATH: process.env["PATH"] ?? "" });
  }

  /** Runs a command as the admin. */
  run(...args: readonly string[]): Promise<Finished> {
    return this.seatkeeper.run(args, this.environment);
  }

  /** @returns the JSON that a command prints */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects, and fails where it is not there
  async json(...args: readonly string[]): Promise<any> {
    const { ended, stdout, stderr } = await this.run(...args, "--json");
    if (ended !== 0) throw new Error(`it ended with ${ended}: ${stderr}`);
    return JSON.parse(stdout);
  }

  get environment(): Record<string, string> {
    return { SEATKEEPER_URL: this.url, SEATKEEPER_TOKEN: this.token, XDG_CONFIG_HOME: this.seatkeeper.folder };
  }
}

export async function openDesk(test: Finishing): Promise<ManagementDesk> {
  const vendor = await startVendorServer(test);
  await makeAdmin(vendor.side.store, "ada", "admin");
  return new ManagementDesk(test, vendor, await makeToken(vendor.side.store, "admin"));
}

export async function makeAdmin(store: Store, name: string, role: Role): Promise<void> {
  granted(await createAdmin(store, { name, password: PASSWORD, role }));
}

/** @returns the text of a token */
export async function makeToken(store: Store, role: Role): Promise<string> {
  return granted(await createApiToken(store, { name: `a ${role}'s`, role })).token;
}
