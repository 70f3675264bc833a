import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readDockerfile, readText } from "./deploy-files.ts";

const instructions = readDockerfile();
const lastFrom = instructions.findLastIndex(({ instruction }) => instruction === "FROM");
const runtime = instructions.slice(lastFrom);
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const restOf = (name: string) => runtime.filter(({ instruction }) => instruction === name).map(({ rest }) => rest);

/** Only asked for where the machine's Node is too old. */
const FETCHED_NODE = "node_modules/node/bin/node";

/** Where each thing of the image is, as paths of the checkout. */
const copied = restOf("COPY").flatMap((rest) => {
  const [target = "", ...sources] = rest
    .replace(/^--from=\S+ /, "")
    .split(" ")
    .toReversed();
  return target.endsWith("/") ? sources.map((source) => join(target, source)) : [target];
});

test("[OPS-4] the image has a Node that the program accepts, and only that one", () => {
  const [, major = "0", minor = "0"] = />=(\d+)\.(\d+)/.exec(manifest.engines.node) ?? [];
  for (const { rest } of instructions.filter(({ instruction }) => instruction === "FROM")) {
    const version = Number(/^node:(\d+)-slim( AS \w+)?$/.exec(rest)?.[1]);
    assert.ok(version > Number(major) || (version === Number(major) && minor === "0"), rest);
  }
});

test("[OPS-4] the image runs as no root, writes to its data folder, and hears SIGTERM itself", () => {
  assert.deepEqual(restOf("USER"), ["1000:1000"]);
  assert.deepEqual(restOf("VOLUME"), ["/data"]);
  assert.match(restOf("ENV").join(" "), /\bSEATKEEPER_DATA_DIR=\/data\b/);
  assert.deepEqual(restOf("ENTRYPOINT"), ['["node", "bin/seatkeeper.mjs"]']);
  assert.match(restOf("HEALTHCHECK").join(), / CMD \["node", "-e", "fetch\('http:\/\/127\.0\.0\.1:8090\/readyz'\)/);
});

test("[OPS-4] the image has whatever the program reads of the checkout, and every package that it uses", () => {
  const { paths, packages } = usedFrom("bin/seatkeeper.mjs");
  for (const part of ["src", "client/src", "schemas", "web/dist"]) {
    assert.ok(
      [...paths].some((path) => path.startsWith(part)),
      `nothing of ${part} was found to be used`,
    );
  }
  for (const path of paths) {
    const isThere = copied.some((place) => path === place || path.startsWith(`${place}/`));
    assert.ok(isThere || path === FETCHED_NODE, `the image does not have ${path}`);
  }
  assert.ok(packages.has("fastify") && packages.has("pg"));
  for (const name of packages) assert.ok(name in manifest.dependencies, `${name} is no dependency of the program`);
});

test("[OPS-4] what the image is made of is there, and is sent to its builder", () => {
  const ignored = readFileSync(".dockerignore", "utf8").split("\n");
  for (const { rest } of instructions.filter(({ instruction }) => instruction === "COPY")) {
    if (rest.startsWith("--from=")) continue;
    for (const source of rest.split(" ").slice(0, -1)) {
      assert.ok(existsSync(source), source);
      const isSent = ignored.some((line) => line === `!${source}` || source.startsWith(`${line.slice(1)}/`));
      assert.ok(isSent, `.dockerignore keeps ${source} back`);
    }
  }
});

test("[OPS-4] the systemd unit runs the program as a user of its own, with one folder to write to", () => {
  const unit = new Map(
    [...readText("systemd/seatkeeper-floating.service").matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  assert.match(
    unit.get("ExecStart") ?? "",
    /\/bin\/seatkeeper\.mjs floating --config \/etc\/seatkeeper\/seatkeeper\.yaml$/,
  );
  assert.equal(unit.get("Environment"), "NODE_ENV=production SEATKEEPER_DATA_DIR=/var/lib/seatkeeper");
  const wanted = {
    DynamicUser: "yes",
    StateDirectory: "seatkeeper",
    StateDirectoryMode: "0700",
    ProtectSystem: "strict",
    NoNewPrivileges: "yes",
    CapabilityBoundingSet: "",
  };
  for (const [name, value] of Object.entries(wanted)) assert.equal(unit.get(name), value, name);
});

/** What a file imports or reads beside itself, and what that does. */
function usedFrom(start: string) {
  const paths = new Set([start]);
  const packages = new Set<string>();
  for (const file of paths) {
    if (!/\.(ts|mjs)$/.test(file)) continue;
    const text = readFileSync(file, "utf8").replaceAll(/^import type .*?;$/gms, "");
    for (const [, name = ""] of text.matchAll(/(?:\bfrom |^import |\bimport\(|\bnew URL\()"([^"\n]+)"/gm)) {
      if (name.startsWith(".")) paths.add(join(dirname(file), name));
      else if (!/^(node:|https?:)/.test(name)) packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  return { paths, packages };
}
