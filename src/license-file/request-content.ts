import type { JsonObject } from "../domain/json.ts";
import { deviceInfoNames, toDeviceInfo } from "../wire/device-info.ts";
import { toBoolean } from "../wire/fields.ts";
import { FieldReader } from "./field-reader.ts";
import type { RequestFile, RequestProblem } from "./read-request.ts";

/** What a request asks for, once its fields are looked at. */
export interface RequestContent {
  readonly request: "activation" | "deactivation";
  /** What the answer repeats. */
  readonly requestId: string;
  /** As the writer put it; files travel slowly, so it is shown and never checked. */
  readonly date: string;
  readonly product: string;
  readonly hardwareId: string;
  readonly licenseKey: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly licenseId: number | undefined;
  readonly bundleCode: string | undefined;
  /** What the device says of itself, by its names on the wire. */
  readonly info: JsonObject;
  readonly isVm: boolean;
  readonly variables: Readonly<Record<string, string>>;
  /** What the license and its features have used and not reported yet; of a deactivation. */
  readonly consumptions: number;
  readonly featureConsumptions: readonly FeatureAmount[];
}

export interface FeatureAmount {
  readonly code: string;
  readonly amount: number;
}

/** Looks at every field of a request that is proven; all that is wrong is named at once. [FILE-7] */
export function readRequestContent({ fields, id, schema }: RequestFile): RequestContent | RequestProblem {
  const read = new FieldReader(fields);
  if (schema === 1 && fields["request"] !== "activation") {
    // Its signature covers neither the kind of request nor an id.
    read.problem("schema_version must be 2 for a deactivation");
  }
  const texts = Object.fromEntries([...deviceInfoNames, "os_hostname"].map((name) => [name, read.text(name)]));
  const isVm = read.boolean("is_vm");
  const content: RequestContent = {
    request: fields["request"] === "deactivation" ? "deactivation" : "activation",
    requestId: read.name("request_id") ?? id,
    date: read.name("date") ?? "",
    product: read.name("product") ?? "",
    hardwareId: read.name("hardware_id") ?? "",
    licenseKey: read.name("license_key"),
    username: read.name("username"),
    password: read.text("password"),
    licenseId: read.count("license_id"),
    bundleCode: read.name("bundle_code"),
    info: toDeviceInfo({ ...texts, is_vm: isVm }),
    isVm: toBoolean(isVm) ?? false,
    variables: read.variables("variables"),
    consumptions: read.integer("consumptions") ?? 0,
    featureConsumptions: readFeatures(read, fields["product_features"]),
  };
  if ((content.licenseKey === undefined) === (content.username === undefined)) {
    read.problem("one of license_key and username must be given, and not both");
  }
  const problem = read.problems.join("; ");
  return problem === "" ? content : { check: "content", problem };
}

/** Each names a feature by `code` (or `feature`); those without `consumptions` have nothing to report. */
function readFeatures(read: FieldReader, given: unknown): readonly FeatureAmount[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    read.problem("product_features must be an array");
    return [];
  }
  const amounts: FeatureAmount[] = [];
  for (const [at, each] of given.entries()) {
    const feature = new FieldReader(each, `product_features.${at}.`);
    const code = feature.name("code") ?? feature.name("feature");
    const amount = feature.integer("consumptions") ?? 0;
    if (code === undefined) feature.problem("code must be given");
    else if (amounts.some((other) => other.code === code)) feature.problem(`code ${code} is given twice`);
    else if (amount !== 0) amounts.push({ code, amount });
    for (const problem of feature.problems) read.problem(problem, "");
  }
  return amounts;
}
