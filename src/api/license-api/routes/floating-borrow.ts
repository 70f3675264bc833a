// POST /api/v4/floating/borrow
// SPEC: BORROW-1 to BORROW-4
import Type from "typebox";
import { HOUR_MS } from "../../../domain/instant.ts";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkOutLicense } from "../../../use-cases/check-out.ts";
import { provePassword } from "../../../use-cases/vendor/people/prove-password.ts";
import { formatDate } from "../../../wire/date.ts";
import { WireDate } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { borrowField, callerFields, passwordField, toBorrow } from "../fields.ts";
import { borrowCodes, deviceCodes } from "../refusals.ts";

export function floatingBorrow(context: LicenseApiContext) {
  return defineRoute({
    name: "floatingBorrow",
    summary: "Keep a license seat until an instant, without renewing it; takes one first where needed",
    section: "Seats of licenses",
    methods: ["POST"],
    paths: ["/api/v4/floating/borrow"],
    input: Type.Object({ ...callerFields, ...borrowField, ...passwordField }),
    reply: Type.Object({
      borrowed_until: WireDate,
      max_borrow_time: Type.Number({ description: "hours" }),
      device_id: Type.Integer(),
      license_id: Type.Integer(),
    }),
    refuses: [
      ...deviceCodes,
      "invalid_credentials",
      "license_expired",
      "license_not_floating",
      "floating_not_available",
      ...borrowCodes,
    ],
    access: { role: "application" },
    changes: true,
    async handle(input) {
      const command = toBorrow(input);
      const unproven = await provePassword(context, command.license, input.password);
      if (unproven !== undefined) return unproven;
      const outcome = await checkOutLicense(context, command);
      if (isRefusal(outcome)) return outcome;
      const { license, seat, device } = outcome;
      return {
        borrowed_until: formatDate(seat.borrowedUntil),
        max_borrow_time: license.maxBorrowMs / HOUR_MS,
        device_id: device?.id ?? 0,
        license_id: license.id,
      };
    },
  });
}
