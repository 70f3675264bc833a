import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { loadConfig } from "../../src/config/load-config.ts";
import { environmentName } from "../../src/config/options.ts";
import { type Content, FOLDER, readDocuments } from "./deploy-files.ts";

const SETTINGS = "seatkeeper.yaml";
const read = (file: string): Content[] => readDocuments(`kubernetes/${file}`);
const [kustomization] = read("kustomization.yaml");
const resources: Content[] = kustomization.resources.flatMap(read);
const only = (kind: string) => resources.find((resource) => resource.kind === kind);
const deployment = only("Deployment");
const pod = deployment.spec.template;
const [container] = pod.spec.containers;
const config = loadConfig({ flags: {}, environment: {}, file: `${FOLDER}/kubernetes/${SETTINGS}` });

test("[OPS-4] every file of the Kubernetes folder is used, and there", () => {
  const generated = kustomization.configMapGenerator.flatMap(({ files }: Content) => files);
  const used = [...kustomization.resources, ...generated, "kustomization.yaml", "secret.example.yaml"];
  for (const file of used) assert.ok(existsSync(`${FOLDER}/kubernetes/${file}`), file);
  assert.deepEqual(
    globSync(`${FOLDER}/kubernetes/*`)
      .map((path) => basename(path))
      .sort(),
    used.sort(),
  );
  for (const { metadata } of resources) assert.equal(metadata.namespace, undefined);
  assert.ok(kustomization.images.some(({ name }: Content) => name === container.image));
});

test("[OPS-4] pods run as no root, on a read-only file system, without privileges and without a token", () => {
  const { runAsNonRoot, runAsUser, seccompProfile } = pod.spec.securityContext;
  assert.deepEqual([runAsNonRoot, runAsUser, seccompProfile.type], [true, 1000, "RuntimeDefault"]);
  assert.deepEqual(container.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  assert.equal(pod.spec.automountServiceAccountToken, false);
});

test("[OPS-4] a Service of the same name puts nothing into the environment that is no setting", () => {
  assert.equal(pod.spec.enableServiceLinks, false);
  const environment = { SEATKEEPER_PORT: "tcp://192.0.2.1:8080" };
  assert.throws(() => loadConfig({ flags: {}, environment, file: `${FOLDER}/kubernetes/${SETTINGS}` }), {
    code: "config_invalid",
  });
});

test("[OPS-4] settings, Secret and folders are mounted where the node looks for them", () => {
  const [example] = read("secret.example.yaml");
  const volumes = new Map<string, Content>(pod.spec.volumes.map((volume: Content) => [volume.name, volume]));
  const mounts = new Map<string, string>(container.volumeMounts.map((mount: Content) => [mount.name, mount.mountPath]));
  assert.deepEqual([...mounts.keys()].sort(), [...volumes.keys()].sort());
  assert.equal(volumes.get("settings")?.configMap.name, kustomization.configMapGenerator[0].name);
  assert.deepEqual(container.args, ["floating", "--config", `${mounts.get("settings")}/${SETTINGS}`]);
  assert.equal(volumes.get("secret")?.secret.secretName, example.metadata.name);
  const { items } = volumes.get("secret")?.secret ?? {};
  const files = [config["store.password-file"], config["vendor.public-key-file"], config["vendor.shared-key-file"]];
  assert.deepEqual(
    files,
    items.map(({ path }: Content) => `${mounts.get("secret")}/${path}`),
  );
  const [{ name, valueFrom }] = container.env;
  assert.equal(name, environmentName("vendor.api-key"));
  assert.equal(valueFrom.secretKeyRef.name, example.metadata.name);
  const given = [valueFrom.secretKeyRef, ...items].map(({ key }: Content) => key);
  assert.deepEqual(given.sort(), Object.keys(example.stringData).sort());
  assert.equal(mounts.get("data"), "/data");
});

test("[OPS-3] [OPS-4] ports, probes and Services lead to the listeners", () => {
  const ports = new Map<string, number>(container.ports.map((port: Content) => [port.name, port.containerPort]));
  assert.equal(ports.get("floating"), config["floating-server.port"]);
  assert.equal(ports.get("management"), config["management.port"]);
  assert.deepEqual([config["floating-server.host"], config["management.host"]], ["0.0.0.0", "0.0.0.0"]);
  const probes = ["startupProbe", "livenessProbe", "readinessProbe"].map((name) => container[name]);
  assert.deepEqual(
    probes.map(({ httpGet }) => httpGet.path),
    ["/healthz", "/healthz", "/readyz"],
  );
  for (const { httpGet, timeoutSeconds } of probes) {
    assert.ok(ports.has(httpGet.port));
    assert.ok(timeoutSeconds > 2, "the answer may take 2 seconds");
  }
  const services = resources.filter(({ kind }) => kind === "Service");
  assert.ok(config["floating-server.allowed-hosts"].includes(services[0].metadata.name));
  for (const { spec } of services) {
    for (const { port, targetPort } of spec.ports) assert.equal(ports.get(targetPort), port);
    assert.deepEqual(spec.selector, pod.metadata.labels);
  }
  for (const { ports: open } of only("NetworkPolicy").spec.ingress)
    for (const { port } of open) assert.ok(ports.has(port));
});

test("[OPS-1] [OPS-4] pods are replaced one after another, and have the time to stop", () => {
  const { strategy, replicas, selector } = deployment.spec;
  assert.equal(replicas, 2);
  assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
  const waits = Number(container.lifecycle.preStop.exec.command[1]);
  assert.ok(pod.spec.terminationGracePeriodSeconds > waits + 1);
  for (const each of [selector, only("PodDisruptionBudget").spec.selector, only("NetworkPolicy").spec.podSelector]) {
    assert.deepEqual(each.matchLabels, pod.metadata.labels);
  }
  for (const { labelSelector } of pod.spec.topologySpreadConstraints) {
    assert.deepEqual(labelSelector.matchLabels, pod.metadata.labels);
  }
});
