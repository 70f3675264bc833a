import { fileURLToPath } from "node:url";
import { measureInterleaved, type Target, warmUp } from "./measure.ts";
import { startServer } from "./processes.ts";
import type { MeasuredRow } from "./rows.ts";
import { askLicenseApi, type SampleReplies } from "./sample-replies.ts";
import { type Bench, STORE, startEcho } from "./scenarios.ts";
import { startVendorServer, type VendorFilling, type VendorServer } from "./vendor-server.ts";

/** 1,000 live seats in 100 pools, and devices enough that each comes back after seconds only. */
export const LICENSE_PAIRS: VendorFilling = {
  pools: { firstLicenseId: 200_000_001, licenses: 1, featuresPerLicense: 100 },
  seats: 1_000,
  devices: 21_000,
};
/** More pools than signatures are kept, one after another: the reply to every check is signed anew. */
const MANY_TEXTS: VendorFilling = {
  pools: { firstLicenseId: 200_000_001, licenses: 120, featuresPerLicense: 100 },
  seats: 0,
  devices: 100,
};
export const ONE_HOLDER: VendorFilling = {
  pools: { firstLicenseId: 200_000_001, licenses: 1, featuresPerLicense: 1 },
  seats: 1,
  devices: 2,
};

/**
 * Checks and releases on the License API between echoes, in turn with a server that only signs. Each scenario has a
 * server of its own, which tells at its end how many signatures it has used again.
 */
export async function measureLicenseApi(
  { meter, servers, say }: Bench,
  counts: readonly number[],
): Promise<MeasuredRow[]> {
  say("License API: activating devices");
  const scenarios = [
    { scenario: "license-pairs", kind: "pairs", filling: LICENSE_PAIRS },
    { scenario: "license-pairs-signed", kind: "pairs", filling: MANY_TEXTS },
    { scenario: "license-renewals", kind: "renewals", filling: ONE_HOLDER },
  ] as const;
  const vendors: VendorServer[] = [];
  const targets: Target[] = [];
  for (const { scenario, kind, filling } of scenarios) {
    const vendor = await startVendorServer(servers, filling);
    vendors.push(vendor);
    const { process: server, application } = vendor;
    targets.push({ scenario, kind, store: STORE, server, application, ...filling });
  }
  const [pairs] = targets as [Target, ...Target[]];
  const [{ privateKeyFile, application }] = vendors as [VendorServer, ...VendorServer[]];
  const replies = await askLicenseApi(pairs.server.port, pairs.pools, application);
  const bare = { ...pairs, store: "none" };
  const echo = { ...bare, scenario: "license-echo", server: await startEcho(replies) };
  const signer = { ...bare, scenario: "license-signer", server: await startSigner(replies, privateKeyFile) };
  // Side by side with the one it is held against.
  const all = [signer, ...targets];
  await warmUp(meter, [echo, ...all]);
  const rows: MeasuredRow[] = [];
  for (const connections of counts) {
    say(`License API: ${connections} connections`);
    rows.push(...(await measureInterleaved(meter, connections, echo, all)));
  }
  await Promise.all([echo.server.stop(), signer.server.stop()]);
  const shares = new Map<string, number>();
  for (const [at, vendor] of vendors.entries()) {
    const scenario = targets[at]?.scenario ?? "";
    const { found, signatures } = await vendor.finish();
    const { signed, reused } = signatures;
    say(`${scenario}: ${found}; ${signed} signatures made, ${reused} used again`);
    shares.set(scenario, reused / (signed + reused));
  }
  return rows.map((row) => ({ ...row, reusedSignatures: shares.get(row.scenario) ?? null }));
}

function startSigner(replies: SampleReplies, privateKeyFile: string) {
  const file = fileURLToPath(new URL("./signer-server.ts", import.meta.url));
  return startServer([file, JSON.stringify(replies), privateKeyFile], /^Signer.*\n/m);
}
