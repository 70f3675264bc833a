// POST /api/v4/featureRegister, POST /api/v4/check_license_feature
// SPEC: SEAT-1 to SEAT-6, BORROW-1 to BORROW-4, WIRE-7
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkOutFeature } from "../../../use-cases/check-out.ts";
import { FeatureObject, featureToWire } from "../../../wire/feature-object.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { featureField, holderFields, licenseFields, toBorrowWish, toLicenseRef, toSeatDetails } from "../fields.ts";
import { borrowCodes, featureCodes, fullCodes, licenseCodes } from "../refusals.ts";

export function featureRegister(context: FloatingServerContext) {
  return defineRoute({
    name: "featureRegister",
    summary: "Register a user to a feature: take a seat, or renew it",
    section: "Seats of features",
    methods: ["POST"],
    paths: ["/api/v4/featureRegister", "/api/v4/check_license_feature"],
    input: Type.Object({ ...licenseFields, ...featureField, ...holderFields }),
    reply: FeatureObject,
    refuses: [...licenseCodes, ...featureCodes, ...borrowCodes, ...fullCodes],
    access: { role: "user" },
    changes: true,
    async handle(input) {
      const outcome = await checkOutFeature(context, input.feature, {
        license: toLicenseRef(input),
        holder: input.user,
        borrow: toBorrowWish(input),
        details: toSeatDetails(input),
      });
      if (isRefusal(outcome) || outcome.feature === null) return outcome;
      const { license, feature, seat, inUse, counter } = outcome;
      return featureToWire(feature, { now: seat.heardAt, licenseId: license.id, inUse, seat, counter });
    },
  });
}
