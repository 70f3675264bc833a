import pino from "pino";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import { startDemo } from "../../src/demo/start-demo.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { useTempFolder } from "../../test/support/temp-folder.ts";
import { TestClock } from "../../test/support/test-clock.ts";

const HOUR = 3_600_000;
const STEP_MS = HOUR / 6;
const DAYS = 2;
const HOLDERS = ["ada", "bob", "cy", "dora", "emil", "fay", "gus", "hana"];

interface LivedSide {
  readonly origin: string;
  readonly admin: { readonly name: string; readonly password: string };
}

/** A demo that was used for two days. */
export interface LivedDemo {
  readonly vendor: LivedSide;
  readonly floating: LivedSide;
  readonly cloudLicense: number;
  readonly floatingLicense: number;
}

/** Starts a demo of two days ago, and lives with it until now. */
export async function liveDemo(lifetime: { after(cleanUp: () => void | Promise<void>): void }): Promise<LivedDemo> {
  const clock = new TestClock(Date.now() - DAYS * 24 * HOUR);
  const config = {
    ...(Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config),
    "data-dir": useTempFolder(lifetime),
    "floating-server.port": 0,
    "license-api.port": 0,
    "management.port": 0,
    "floating-management.port": 0,
  };
  const demo = await startDemo(config, { log: pino({ level: "silent" }), clock });
  lifetime.after(() => demo.close());
  const { description, vendor, floating } = demo;
  const admin = { name: "grace", password: "correct horse battery" };
  for (const side of [vendor, floating]) await createAdmin(side.store, { ...admin, role: "admin" });
  await addCustomers(description.vendorManagement, description.adminToken.vendor);
  for (let step = 0; step < (DAYS * 24 * HOUR) / STEP_MS; step += 1) {
    for (const user of askingAt(step)) await checkOut(description.floatingServer, user);
    clock.advance(STEP_MS);
  }
  for (const user of ["ada", "bob", "cy"]) await checkOut(description.floatingServer, user);
  return {
    vendor: { origin: description.vendorManagement, admin },
    floating: { origin: description.floatingManagement, admin },
    cloudLicense: description.licenseId,
    floatingLicense: description.floatingLicenseId,
  };
}

/** More people work by day than by night. */
function askingAt(step: number): readonly string[] {
  const hour = (step / 6) % 24;
  const busy = Math.max(0, Math.sin(((hour - 7) / 12) * Math.PI));
  return HOLDERS.slice(0, Math.round(busy * 4 + (step % 3) * 0.4));
}

async function checkOut(origin: string, user: string): Promise<void> {
  const body = { product: "demo", feature: "render", user, os_hostname: `${user}-laptop`, ip_local: "10.1.4.7" };
  await fetch(`${origin}/api/v4/featureRegister`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function addCustomers(origin: string, token: string): Promise<void> {
  for (const company of ["Northlight Studios", "Harbour Engineering", "Meridian Films"]) {
    await fetch(`${origin}/manage/v1/customers`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ company_name: company, email: `it@${company.split(" ")[0]?.toLowerCase()}.example` }),
    });
  }
}
