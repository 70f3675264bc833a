// GET /api/v4/trial_key
// SPEC: DEV-7
import Type from "typebox";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { showDeviceLicense } from "../../../use-cases/vendor/devices/show-device-license.ts";
import { issueTrial } from "../../../use-cases/vendor/licenses/issue-trial.ts";
import { toDeviceInfo } from "../../../wire/device-info.ts";
import { DisplayText, Name, Nullable, OptionalName } from "../../../wire/fields.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { deviceInfoFields } from "../fields.ts";
import { DeviceLicenseObject, deviceLicenseToWire } from "../license-object.ts";

/** Who tries the product; kept as a customer. */
const personFields = {
  email: OptionalName("e-mail address; the license user of a user-based product"),
  company: DisplayText("company"),
  first_name: DisplayText("first name"),
  last_name: DisplayText("last name"),
  phone: DisplayText("phone number"),
  address: DisplayText("address"),
  city: DisplayText("city"),
  country: DisplayText("country"),
  postcode: DisplayText("postcode"),
  state: DisplayText("state"),
  reference: DisplayText("a number of the vendor's own"),
};
const PersonInput = Type.Object(personFields);

const optionalLicense = Type.Partial(Type.Object(DeviceLicenseObject.properties)).properties;

const Reply = Type.Object(
  {
    ...optionalLicense,
    license_type: DeviceLicenseObject.properties.license_type,
    is_trial: Type.Literal(true),
    license: Type.Optional(Type.String({ description: "the license key, or of a trial that is known the user name" })),
    license_user: Type.Optional(Type.String({ description: "the user name, on a new trial of a user-based product" })),
    initial_password: Type.Optional(
      Nullable(Type.String({ description: "beside `license_user`; null where the user was known before" })),
    ),
  },
  { description: "The whole license where the trial is new; three fields where the device has it already" },
);

export function trialKey(context: LicenseApiContext) {
  return defineRoute({
    name: "trialKey",
    summary: "Get the trial of a product for a device; the one it has, or a new one",
    section: "Trials",
    methods: ["GET"],
    paths: ["/api/v4/trial_key"],
    input: Type.Object({
      // Checked by hand: without it the answer is a code of its own.
      hardware_id: OptionalName("the device; required"),
      product: Name("product code"),
      license_policy: OptionalName("code of another policy than the one that trials go by"),
      password: DisplayText("initial password of a new license user, or the password of a known one"),
      ...personFields,
      ...deviceInfoFields,
    }),
    reply: Reply,
    refuses: [
      "missing_hardware_id",
      "unknown_product",
      "blacklisted",
      "trial_expired",
      "trial_not_allowed",
      "archived_product",
      "disabled_product",
      "email_missing",
      "invalid_credentials",
    ],
    access: { role: "application" },
    changes: true,
    async handle(input, request) {
      const { product, hardware_id: hardwareId, license_policy, password } = input;
      if (typeof hardwareId !== "string") return refuse("missing_hardware_id");
      const outcome = await issueTrial(context, {
        product,
        hardwareId,
        policy: license_policy ?? undefined,
        person: toPerson(input),
        password: password || undefined,
        info: toDeviceInfo(input),
      });
      if (isRefusal(outcome)) {
        const { refused, about } = outcome;
        if (refused === "invalid_field") {
          throw new RequestRefusal("validation_error", "license_policy must be the code of a policy of the product");
        }
        if (about !== undefined)
          request.log.warn({ product, about }, "the product's trials cannot be issued as they are");
        return outcome;
      }
      const { license, user } = outcome;
      const name = license.details.key ?? user?.username ?? "";
      if (outcome.trial === "known") return { license_type: license.type, is_trial: true, license: name };
      const shown = await showDeviceLicense(context, license, hardwareId);
      if (shown === undefined) return refuse("trial_not_allowed");
      const object = await deviceLicenseToWire(shown, context.keys.signer);
      return user === undefined
        ? { ...object, license: name }
        : { ...object, license_user: name, initial_password: outcome.initialPassword ?? null };
    },
  });
}

function toPerson(input: Type.Static<typeof PersonInput>) {
  return {
    email: input.email ?? "",
    companyName: input.company ?? "",
    firstName: input.first_name ?? "",
    lastName: input.last_name ?? "",
    phone: input.phone ?? "",
    address: input.address ?? "",
    city: input.city ?? "",
    country: input.country ?? "",
    postcode: input.postcode ?? "",
    state: input.state ?? "",
    reference: input.reference ?? "",
  };
}
