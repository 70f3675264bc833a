import assert from "node:assert/strict";
import { after, test } from "node:test";
import { managementErrors } from "../../src/api/management/errors.ts";
import { startVendorServer } from "../support/vendor-server.ts";

const { side } = await startVendorServer({ after });

test("[MANAGE-2] the page that a problem's type leads to explains every code, and runs nothing", async () => {
  const refused = await fetch(`${side.managementUrl}/manage/v1/products`);
  const { type } = (await refused.json()) as { type: string };
  const page = await fetch(new URL(type, side.managementUrl));
  assert.match(page.headers.get("content-security-policy") ?? "", /^default-src 'none'; style-src 'sha256-/);
  const html = await page.text();
  assert.ok(html.includes(`id="${type.split("#")[1]}"`));
  for (const code of Object.keys(managementErrors)) {
    const section = new RegExp(`<section id="${code}">.*?<p>\\d{3} · [^<]+</p><p>([^]*?)</p></section>`).exec(html);
    assert.ok((section?.[1] ?? "").length > 20, code);
  }
});
