import { networkInterfaces } from "node:os";
import type { Config } from "../config/options.ts";
import type { FloatingSide } from "../sides/floating-side.ts";
import type { Management } from "../sides/management.ts";
import type { VendorSide } from "../sides/vendor-side.ts";

/** What a start of the customer's side prints for people. */
export function floatingBanner(side: FloatingSide, config: Config): string {
  const login = `login ${config["auth.required"] ? "required" : "not required"}`;
  const lines = listenerLines("Floating Server", side.url, config["floating-server.host"], login);
  if (config["auth.required"]) {
    lines.push(indented("auth.required is on, and this version has no user accounts yet: every call answers 401"));
  }
  if (side.trustedKeys.length === 0) {
    lines.push(indented("no vendor.public-key-file is set: no license file will be accepted"));
  }
  if (side.credentials === undefined) {
    lines.push(indented("no vendor.api-key is set: no activation request can be written"));
  }
  lines.push(...managementLines(side, config));
  lines.push(`Hardware id      ${side.hardwareId}`);
  return lines.join("\n");
}

/** What a start of the vendor's side prints for people. */
export function vendorBanner(side: VendorSide, config: Config): string {
  const lines = listenerLines("License API", side.url, config["license-api.host"], "every request signed");
  if (side.url.startsWith("http:") && !isLoopback(config["license-api.host"])) {
    lines.push(indented("this is plain HTTP: set license-api.tls-cert-file, or put a proxy with TLS before it"));
  }
  lines.push(...managementLines(side, config));
  return lines.join("\n");
}

function managementLines({ managementUrl, adminLink }: Management, config: Config): string[] {
  const lines = [`${"Management".padEnd(16)} ${managementUrl}  for admins; reference at ${managementUrl}/manage/docs`];
  const publicUrl = config["management.public-url"];
  if (publicUrl !== undefined) lines.push(indented(`${publicUrl}  for others`));
  // The link works on this machine only, and not through a proxy: it is never the public address.
  if (adminLink !== undefined) lines.push(indented(`first admin, once, within 30 minutes: ${adminLink}`));
  return lines;
}

function listenerLines(name: string, url: string, host: string, condition: string): string[] {
  const isOpen = !isLoopback(host);
  const reach = isOpen ? `everyone who reaches this address, ${condition}` : "programs on this machine";
  const lines = [`${name.padEnd(16)} ${url}  for ${reach}; reference at ${url}/api/v4/docs`];
  for (const address of isOpen ? otherAddresses(url) : []) lines.push(indented(`${address}  for others`));
  return lines;
}

function isLoopback(host: string): boolean {
  return ["127.0.0.1", "::1", "localhost"].includes(host);
}

function indented(text: string): string {
  return `${" ".repeat(17)}${text}`;
}

/** Under which addresses other machines reach a server that listens on all of them. */
function otherAddresses(url: string): string[] {
  const { port, protocol } = new URL(url);
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses
    .filter((each) => !each.internal && each.family === "IPv4")
    .map((each) => `${protocol}//${each.address}:${port}`);
}
