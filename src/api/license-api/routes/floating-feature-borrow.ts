// POST /api/v4/floating/feature_borrow
// SPEC: BORROW-1 to BORROW-4
import Type from "typebox";
import { HOUR_MS } from "../../../domain/instant.ts";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkOutFeature } from "../../../use-cases/check-out.ts";
import { provePassword } from "../../../use-cases/vendor/people/prove-password.ts";
import { formatDate } from "../../../wire/date.ts";
import { WireDate } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { borrowField, callerFields, featureField, passwordField, toBorrow } from "../fields.ts";
import { borrowCodes, deviceCodes } from "../refusals.ts";

export function floatingFeatureBorrow(context: LicenseApiContext) {
  return defineRoute({
    name: "floatingFeatureBorrow",
    summary: "Keep a feature seat until an instant, without renewing it; takes one first where needed",
    section: "Seats of features",
    methods: ["POST"],
    paths: ["/api/v4/floating/feature_borrow"],
    input: Type.Object({ ...callerFields, ...featureField, ...borrowField, ...passwordField }),
    reply: Type.Object({
      borrowed_until: WireDate,
      max_borrow_time: Type.Number({ description: "hours" }),
      device_id: Type.Integer(),
      license_id: Type.Integer(),
      feature: Type.String(),
    }),
    refuses: [
      ...deviceCodes,
      "invalid_credentials",
      "license_expired",
      "invalid_license_feature_code",
      "feature_not_floating",
      "floating_not_available",
      ...borrowCodes,
    ],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const command = toBorrow(input);
      const unproven = await provePassword(context, command.license, input.password);
      if (unproven !== undefined) return unproven;
      const outcome = await checkOutFeature(context, input.feature, command);
      if (isRefusal(outcome) || outcome.feature === null) return outcome;
      const { license, feature, seat, device } = outcome;
      return {
        borrowed_until: formatDate(seat.borrowedUntil),
        max_borrow_time: feature.maxBorrowMs / HOUR_MS,
        device_id: device?.id ?? 0,
        license_id: license.id,
        feature: feature.code,
      };
    },
  });
}
