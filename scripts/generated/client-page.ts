import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Sections of the page, and the declarations in each. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  "Floating Server": ["FloatingClient", "FloatingClientOptions"],
  "License API": ["LicenseClient", "LicenseClientOptions", "Credentials", "OauthCredentials", "Licensee"],
  "Both clients": [
    "SeatClient",
    "Emitter",
    "SeatClientOptions",
    "TransportOptions",
    "CheckOutOptions",
    "CallOptions",
    "Duration",
  ],
  Seats: ["Seat", "SeatEvents", "ClientEvents"],
  Consumption: ["ConsumeOptions", "Consumption", "PendingStore", "pendingFile"],
  Files: ["RequestFile", "LicenseFile", "DeactivateOptions"],
  "Hardware id": ["machineHardwareId"],
  Errors: ["SeatkeeperError", "RefusedError", "DeniedError", "UnreachableError", "UntrustedReplyError", "ClientCode"],
};

/** The page of all that the client library declares, as its compiled types have it. */
export function clientPage(): string {
  const declarations = readDeclarations();
  const sections = Object.entries(SECTIONS).map(([title, names]) => {
    const texts = names.map((name) => declarations.get(name) ?? `// ${name} is not declared`);
    return [`## ${title}`, "", "```ts", texts.join("\n\n"), "```", ""].join("\n");
  });
  return [
    "# @seatkeeper/client",
    "",
    "<!-- Generated from the library's types by `npm run check -- --write`. -->",
    "",
    "Every declaration of the library. How to begin is in its [README](../client/README.md); the types of replies are in",
    "[schemas/](../schemas/), the servers' codes in [errors.md](errors.md).",
    "",
    ...sections,
  ].join("\n");
}

/** Exported declarations by their names, with their comments, without what is not for applications. */
function readDeclarations(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-types-"));
  try {
    const args = ["-p", "client", "--emitDeclarationOnly", "--outDir", folder];
    spawnSync("node_modules/.bin/tsc", args, { stdio: "inherit" });
    const texts = globSync("**/*.d.ts", { cwd: folder, exclude: ["wire/**", "node/floating-client.d.ts"] })
      .sort()
      .map((file) => readFileSync(join(folder, file), "utf8"));
    return new Map(texts.flatMap(split));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Members that applications do not see. */
const HIDDEN = /^(#private|protected|private|constructor\(keeper)/;

/** The declarations of a file: each is a comment, a line that names it, and lines until its braces are closed. */
function split(text: string): [name: string, declaration: string][] {
  const found: [string, string][] = [];
  let lines: string[] = [];
  for (const line of text.split("\n")) {
    const before = nameOf(lines);
    // A comment that nothing follows belongs to nothing.
    if (before === undefined && line.startsWith("/**")) lines = [];
    lines.push(line.replace(/^export (declare )?/, ""));
    const name = before ?? nameOf(lines);
    if (name === undefined) {
      const isComment = /^\/\*\*| \*/.test(line);
      if (!isComment) lines = [];
    } else if (isClosed(lines)) {
      found.push([name, withoutHidden(lines).join("\n")]);
      lines = [];
    }
  }
  return found;
}

function nameOf(lines: readonly string[]): string | undefined {
  return /^(?:abstract )?(?:class|interface|type|function) (\w+)/m.exec(lines.join("\n"))?.[1];
}

function isClosed(lines: readonly string[]): boolean {
  const code = lines.filter((line) => !/^\s*(\/\*\*|\*)/.test(line)).join("\n");
  const depth = (code.match(/[{(]/g) ?? []).length - (code.match(/[})]/g) ?? []).length;
  return depth === 0 && /[;}]$/.test(code);
}

/** Members are indented by four spaces in what the compiler writes, and by two here. */
function withoutHidden(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let comment: string[] = [];
  for (const line of lines) {
    const text = line.trimStart();
    const indent = line.length - text.length;
    const halved = " ".repeat((indent >> 2) * 2 + (indent % 4)) + text;
    if (/^(\/\*\*|\*)/.test(text)) comment.push(halved);
    else {
      if (!HIDDEN.test(text)) shown.push(...comment, halved);
      comment = [];
    }
  }
  return shown;
}
