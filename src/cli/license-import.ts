import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { buildCommand } from "@stricli/core";
import { postToFloatingServer, refusedBy, urlFlag } from "./ask-floating-server.ts";
import { CommandFailure } from "./command-failure.ts";

interface Flags {
  readonly url: string;
  readonly product?: string;
}

/** `seatkeeper license import FILE`: posts a license file to the running floating server. */
export const licenseImport = buildCommand<Flags, [string]>({
  docs: { brief: "Import a license file into the running floating server" },
  parameters: {
    flags: {
      url: urlFlag,
      product: {
        kind: "parsed",
        brief: "refuse the file unless it is for this product",
        optional: true,
        parse: String,
      },
    },
    positional: {
      kind: "tuple",
      parameters: [{ brief: "license file", parse: String, placeholder: "file" }],
    },
  },
  async func({ url, product }, file) {
    const { license, result } = await upload(url, await readLicenseFile(file), basename(file), product);
    const features = license.product_features.map(({ code, is_floating, floating_users }) =>
      is_floating ? `${code} (${floating_users} seats)` : code,
    );
    process.stdout.write(
      `${sentences[result] ?? "Imported"} license ${license.id} of product ${license.product_details.short_code}: ${features.join(", ")}\n`,
    );
  },
});

/** What the server says it did with the file. */
const sentences: Readonly<Record<string, string>> = {
  new: "Imported",
  updated: "Updated",
  unchanged: "The same file was imported before; nothing changed:",
};

interface License {
  readonly id: number;
  readonly product_details: { readonly short_code: string };
  readonly product_features: readonly { code: string; is_floating: boolean; floating_users: number }[];
}

async function readLicenseFile(file: string): Promise<Blob> {
  try {
    return new Blob([await readFile(file)]);
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be read: ${(error as Error).message}`);
  }
}

async function upload(url: string, content: Blob, name: string, product: string | undefined) {
  const form = new FormData();
  if (product !== undefined) form.set("product", product);
  form.set("file", content, name);
  const response = await postToFloatingServer(url, "/api/v4/license/upload", { body: form });
  const reply: unknown = await response.json().catch(() => undefined);
  if (isLicense(reply)) return { license: reply, result: response.headers.get("x-import-result") ?? "" };
  throw refusedBy(url, response.status, reply);
}

function isLicense(reply: unknown): reply is License {
  return typeof reply === "object" && reply !== null && "product_features" in reply && "product_details" in reply;
}
