import type { FloatingSide } from "../app.ts";
import type { Config } from "../config/options.ts";

/** What a start prints for people. */
export function floatingBanner(side: FloatingSide, config: Config): string {
  const isOpen = !["127.0.0.1", "::1", "localhost"].includes(config["floating-server.host"]);
  const reach = isOpen
    ? `everyone who reaches this address, login ${config["auth.required"] ? "required" : "not required"}`
    : "programs on this machine";
  const lines = [`Floating Server  ${side.url}  for ${reach}; reference at ${side.url}/api/v4/docs`];
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
