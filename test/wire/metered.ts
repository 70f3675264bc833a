import type { ConsumptionTerms, License } from "../../src/domain/license.ts";
import type { TestServer } from "../support/floating-server.ts";
import type { Reply } from "../support/http-client.ts";
import { makeConsumption, makeFeature } from "../support/make-license.ts";
import { expectReply } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

/** One counter, and how to add to it over the wire. */
export interface Meter {
  readonly routeName: "addConsumption" | "addFeatureConsumption";
  /** The code where nothing is left. */
  readonly full: "license_not_enough_consumptions" | "feature_not_enough_consumptions";
  send(fields: object, headers?: Record<string, string>): Promise<Reply>;
  /** @returns the total after an addition that must succeed */
  add(consumptions: unknown, fields?: object): Promise<number>;
  /** The total as the license shows it. */
  total(): Promise<number>;
}

/** Imports a metered license with a metered feature under the same terms: at most 10, unless said otherwise. */
export async function importMetered(
  server: TestServer,
  product: string,
  terms: Partial<ConsumptionTerms> = {},
): Promise<{ license: License; onLicense: Meter; onFeature: Meter; ways: readonly Meter[] }> {
  const consumption = makeConsumption({ max: 10, ...terms });
  const tokens = makeFeature({
    id: 503,
    code: "tokens",
    name: "Tokens",
    type: "consumption",
    capacity: 3,
    consumption,
  });
  const license = licenseOf(product, { type: "consumption", consumption, features: [render, tokens] });
  await server.import(license);
  const show = async () => (await server.get(`/api/v4/license?license_id=${license.id}`)).json;
  const meter = (way: Pick<Meter, "routeName" | "full" | "send" | "total">): Meter => ({
    ...way,
    add: async (consumptions, fields = {}) =>
      expectReply(way.routeName, await way.send({ consumptions, ...fields })).total_consumptions,
  });
  const onLicense = meter({
    routeName: "addConsumption",
    full: "license_not_enough_consumptions",
    send: (fields, headers) => server.post("/api/v4/add_consumption", { product, user: "ada", ...fields }, headers),
    total: async () => (await show()).total_consumptions,
  });
  const onFeature = meter({
    routeName: "addFeatureConsumption",
    full: "feature_not_enough_consumptions",
    send: (fields, headers) =>
      server.post("/api/v4/add_feature_consumption", { product, feature: "tokens", user: "ada", ...fields }, headers),
    total: async () => (await show()).product_features[1].total_consumptions,
  });
  return { license, onLicense, onFeature, ways: [onLicense, onFeature] };
}
