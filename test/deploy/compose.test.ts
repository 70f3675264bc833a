import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../src/config/load-config.ts";
import { type Content, FOLDER, readDocument, readText } from "./deploy-files.ts";

const compose = readDocument("compose.yaml");
const services = Object.entries<Content>(compose.services);
const nodes = services.filter(([name]) => name.startsWith("node-"));

/** By its own settings and those of the environment. */
function configOf(service: Content) {
  return loadConfig({
    flags: {},
    environment: service.environment,
    file: `${FOLDER}/${compose.configs.settings.file}`,
  });
}

test("[OPS-4] every service of Compose runs on a read-only file system, without privileges", () => {
  for (const [name, service] of services) {
    assert.equal(service.read_only, true, name);
    assert.deepEqual(service.cap_drop, ["ALL"], name);
    assert.deepEqual(service.security_opt, ["no-new-privileges:true"], name);
    assert.equal(service.restart, "unless-stopped", name);
  }
  assert.equal(compose.services.postgres.user, "postgres");
});

test("[OPS-4] every file, secret, config, volume and network that Compose names is there", () => {
  for (const { file } of Object.values<Content>(compose.configs)) assert.ok(existsSync(join(FOLDER, file)), file);
  for (const { file } of Object.values<Content>(compose.secrets)) assert.match(file, /^secrets\//);
  assert.match(readText(".gitignore"), /^secrets\/$/m);
  for (const [name, service] of services) {
    for (const secret of service.secrets ?? []) assert.ok(secret in compose.secrets, `${name}: ${secret}`);
    for (const { source } of service.configs ?? []) assert.ok(source in compose.configs, `${name}: ${source}`);
    for (const network of service.networks) assert.ok(network in compose.networks, `${name}: ${network}`);
    for (const volume of service.volumes ?? [])
      assert.ok(volume.split(":")[0] in compose.volumes, `${name}: ${volume}`);
    for (const [other, { condition }] of Object.entries<Content>(service.depends_on ?? {})) {
      assert.ok(other in compose.services, `${name}: ${other}`);
      assert.equal(condition, "service_healthy", `${name}: ${other}`);
    }
  }
});

test("[OPS-4] the nodes of Compose have settings that exist, and secrets that they are given", () => {
  assert.equal(nodes.length, 2);
  for (const [name, node] of nodes) {
    const config = configOf(node);
    const url = new URL(config["store.url"] ?? "");
    const { POSTGRES_USER, POSTGRES_DB } = compose.services.postgres.environment;
    assert.deepEqual([url.hostname, url.username, url.pathname], ["postgres", POSTGRES_USER, `/${POSTGRES_DB}`]);
    assert.deepEqual([config["floating-server.host"], config["management.host"]], ["0.0.0.0", "0.0.0.0"]);
    // Probes come by the name of a node.
    assert.ok(config["floating-server.allowed-hosts"].includes(name));
    assert.match(config["management.public-url"] ?? "", /^https:/);
    const files = [config["store.password-file"], config["vendor.public-key-file"], config["vendor.shared-key-file"]];
    assert.deepEqual(
      files,
      node.secrets.map((secret: string) => `/run/secrets/${secret}`),
    );
    assert.deepEqual(node.command, ["floating", "--config", node.configs[0].target]);
  }
});

test("[OPS-4] PostgreSQL has a connection for every one that the nodes of Compose may make", () => {
  const most = /max_connections=(\d+)/.exec(compose.services.postgres.command.join(" "))?.[1];
  const wanted = nodes.reduce((sum, [, node]) => sum + configOf(node)["store.pool-size"] + 1, 0);
  assert.ok(wanted * 2 <= Number(most), `${wanted} wanted, and as many again while nodes are replaced, of ${most}`);
});

test("[OPS-4] the load balancer of Compose sends to the ports of both nodes, and asks whether they are ready", () => {
  const caddyfile = readText("compose/Caddyfile");
  for (const [name, node] of nodes) {
    const config = configOf(node);
    for (const port of [config["floating-server.port"], config["management.port"]]) {
      assert.ok(caddyfile.includes(`${name}:${port}`), `${name}:${port}`);
    }
    assert.ok(caddyfile.includes(`health_port ${config["floating-server.port"]}`));
  }
  assert.match(caddyfile, /^\thealth_uri \/readyz$/m);
});
