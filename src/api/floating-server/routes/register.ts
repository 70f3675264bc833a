// POST /api/v4/register
// SPEC: SEAT-7, WIRE-8
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkOutLicense } from "../../../use-cases/check-out.ts";
import { showLicense } from "../../../use-cases/show-license.ts";
import { LicenseObject, licenseToWire } from "../../../wire/license-object.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { holderFields, licenseFields, toBorrowWish, toLicenseRef, toSeatDetails } from "../fields.ts";
import { borrowCodes, fullCodes, licenseCodes } from "../refusals.ts";

const RegisterReply = Type.Object({
  ...LicenseObject.properties,
  floating_slots_in_use: Type.Integer({ description: "license seats in use, this one included" }),
  license_json: Type.String({ description: "the license object once more, as a JSON text" }),
});

export function register(context: FloatingServerContext) {
  return defineRoute({
    name: "register",
    summary: "Register a user to the license: take a license seat, or renew it",
    section: "Seats of licenses",
    methods: ["POST"],
    paths: ["/api/v4/register"],
    aliases: ["/api/v4/floating/register", "/api/v4/floatingregister", "/api/v4/api/v4/register"],
    input: Type.Object({ ...licenseFields, ...holderFields }),
    reply: RegisterReply,
    refuses: [...licenseCodes, "license_not_floating", ...borrowCodes, ...fullCodes],
    access: { role: "user" },
    changes: true,
    async handle(input) {
      const outcome = await checkOutLicense(context, {
        license: toLicenseRef(input),
        holder: input.user,
        borrow: toBorrowWish(input),
        details: toSeatDetails(input),
      });
      if (isRefusal(outcome)) return outcome;
      const shown = await showLicense(context.store, { licenseId: outcome.license.id });
      if (isRefusal(shown)) return shown;
      const object = licenseToWire(outcome.license, shown.usage, { isAdmin: false, seat: outcome.seat });
      return { ...object, floating_slots_in_use: object.floating_in_use_devices, license_json: JSON.stringify(object) };
    },
  });
}
