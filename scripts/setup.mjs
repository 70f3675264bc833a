// Makes a checkout ready to run: dependencies as locked, a Node new enough to run TypeScript, and the web UI built. Quick
// when there is nothing to do. Plain JavaScript, because it runs on the machine's own Node (18 or later), before everything else.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_PACKAGE = "node@26";
// argon2 for passwords is part of Node since this version.
const OLDEST_NODE = [24, 7];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "node_modules", ".seatkeeper-setup");

// npm scripts find a Node from an earlier set-up first. It must neither be asked for the machine's version, nor run
// the npm that replaces it.
const bin = join(root, "node_modules", ".bin");
const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== bin);
const env = { ...process.env, PATH: path.join(delimiter) };

const machineNode = execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim();
const [major, minor] = machineNode.slice(1).split(".").map(Number);
const needsNode = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
const lock = hashOf(["package-lock.json"]);
const wanted = `${lock} ${needsNode ? NODE_PACKAGE : "machine's node"}`;

const isReady =
  existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted && (!needsNode || existsSync(join(bin, "node")));

if (!isReady) {
  npm("ci", "--include=dev");
  // Not in package.json, because only machines with an older Node need it; every later `npm ci` takes it away.
  if (needsNode) npm("install", "--no-save", "--include=dev", NODE_PACKAGE);
  writeFileSync(stampFile, wanted);
}

const buildStamp = join(root, "web", "dist", ".sources");
const sources = hashOf(["package-lock.json", ...filesIn("web")]);
if (!existsSync(buildStamp) || readFileSync(buildStamp, "utf8") !== sources) {
  process.stderr.write("setup: build the web UI\n");
  execFileSync("node", [join("web", "build.mjs")], {
    cwd: root,
    env: { ...env, PATH: needsNode ? `${bin}${delimiter}${env.PATH}` : env.PATH },
    stdio: ["ignore", 2, 2],
  });
  writeFileSync(buildStamp, sources);
}

/** Files of a folder of the checkout that are its sources. */
function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== "dist" && name !== "node_modules")
    .flatMap((each) => (each.isDirectory() ? filesIn(join(folder, each.name)) : [join(folder, each.name)]))
    .sort();
}

function hashOf(files) {
  const sum = createHash("sha256");
  for (const file of files) sum.update(`${file}\0`).update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

function npm(...args) {
  process.stderr.write(`setup: npm ${args.join(" ")}\n`);
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
  });
}
