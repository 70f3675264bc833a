import { networkInterfaces } from "node:os";
import type { FloatingSide } from "../app.ts";
import type { Config } from "../config/options.ts";

/** What a start prints for people. */
export function floatingBanner(side: FloatingSide, config: Config): string {
  const isOpen = !["127.0.0.1", "::1", "localhost"].includes(config["floating-server.host"]);
  const reach = isOpen
    ? `everyone who reaches this address, login ${config["auth.required"] ? "required" : "not required"}`
    : "programs on this machine";
  const addresses = isOpen ? otherAddresses(side.url) : [];
  const lines = [`Floating Server  ${side.url}  for ${reach}; reference at ${side.url}/api/v4/docs`];
  for (const address of addresses) lines.push(`                 ${address}  for others`);
  if (config["auth.required"]) {
    lines.push(
      "                 auth.required is on, and this version has no user accounts yet: every call answers 401",
    );
  }
  if (side.trustedKeys.length === 0) {
    lines.push("                 no vendor.public-key-file is set: no license file will be accepted");
  }
  lines.push(`Hardware id      ${side.hardwareId}`);
  return lines.join("\n");
}

/** Under which addresses other machines reach a server that listens on all of them. */
function otherAddresses(url: string): string[] {
  const { port } = new URL(url);
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses
    .filter((each) => !each.internal && each.family === "IPv4")
    .map((each) => `http://${each.address}:${port}`);
}
