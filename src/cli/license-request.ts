import { readFile, writeFile } from "node:fs/promises";
import { buildCommand } from "@stricli/core";
import { postToFloatingServer, refusedBy, urlFlag } from "./ask-floating-server.ts";
import { CommandFailure } from "./command-failure.ts";

interface Flags {
  readonly url: string;
  readonly product?: string;
  readonly "license-key"?: string;
  readonly "license-id"?: string;
  readonly username?: string;
  readonly "password-file"?: string;
  readonly out?: string;
}

const text = (brief: string) => ({ kind: "parsed", brief, optional: true, parse: String }) as const;

/** `seatkeeper license request`: has the running floating server write an activation request. */
export const licenseRequest = buildCommand<Flags>({
  docs: { brief: "Write an activation request for the vendor to answer with a license file" },
  parameters: {
    flags: {
      url: urlFlag,
      product: text("product code; may be left out where licenses of one product are here"),
      "license-key": text("license key; left out: that of the license that is here already"),
      "license-id": text("which of several licenses"),
      username: text("user name, for user-based products"),
      "password-file": text("file with the user's password"),
      out: text("file to write; left out: standard output"),
    },
  },
  async func({ url, out, ...flags }) {
    const request = await ask(url, {
      product: flags.product,
      license_key: flags["license-key"],
      license_id: flags["license-id"],
      username: flags.username,
      password: flags["password-file"] && (await readPassword(flags["password-file"])),
    });
    if (out === undefined) {
      process.stdout.write(`${request}\n`);
      return;
    }
    await write(out, request);
    process.stdout.write(
      `The request is in ${out}. Send it to the vendor, and import the license file that comes back.\n`,
    );
  },
});

async function ask(url: string, fields: object): Promise<string> {
  const response = await postToFloatingServer(url, "/api/v4/license/generate", {
    body: JSON.stringify(fields),
    headers: { "content-type": "application/json" },
  });
  const reply = await response.text();
  if (response.ok && /^[A-Za-z0-9+/]+={0,2}$/.test(reply)) return reply;
  throw refusedBy(url, response.status, parse(reply));
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).replace(/\r?\n$/, "");
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be read: ${(error as Error).message}`);
  }
}

/** For its owner only: there is a license key in it. */
async function write(file: string, request: string): Promise<void> {
  try {
    await writeFile(file, `${request}\n`, { mode: 0o600 });
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be written: ${(error as Error).message}`);
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
