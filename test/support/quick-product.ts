import type { DemoDescription } from "../../src/demo/start-demo.ts";

interface QuickProduct {
  readonly code: string;
  readonly seats: number;
  /** How long a seat lasts unrenewed. */
  readonly timeoutSeconds: number;
  /** Whether its seats float at the vendor; otherwise on the floating server. */
  readonly isCloud?: boolean;
}

/**
 * Sells a product with a feature `render` whose seats last for seconds, as the vendor and the license admin would by the
 * management APIs. @returns the license's key
 */
export async function sellQuickProduct(
  demo: DemoDescription,
  { code, seats, timeoutSeconds, isCloud = false }: QuickProduct,
): Promise<string> {
  const vendor = (path: string, body: object) => post(demo.vendorManagement, demo.adminToken.vendor, path, body);
  const floating = (path: string, body: object) => post(demo.floatingManagement, demo.adminToken.floating, path, body);
  const floats = isCloud ? { cloud_floating: true } : { offline_floating: true };
  const terms = { seats, timeout_seconds: timeoutSeconds, can_borrow: true, max_borrow_seconds: 7_200 };
  await vendor("/products", { code, name: code });
  await vendor(`/products/${code}/features`, { code: "render", name: "Render", ...floats, ...terms });
  const license = { product: code, ...floats, ...terms, allow_unlimited_activations: isCloud };
  const { key } = await vendor("/licenses", { ...license, type: "consumption", max_consumptions: 100 });
  if (isCloud) return String(key);
  const request = await floating("/requests", { product: code, license_key: key });
  const answer = await vendor("/requests/answer", { file: request["file"] });
  await floating("/licenses/import", { file: answer["file"] });
  return String(key);
}

async function post(origin: string, token: string, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const reply = await fetch(`${origin}/manage/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
  return (await reply.json()) as Record<string, unknown>;
}
