// POST /api/v4/borrow
// SPEC: BORROW-1 to BORROW-4
import Type from "typebox";
import { HOUR_MS } from "../../../domain/instant.ts";
import { isRefusal } from "../../../domain/outcome.ts";
import { checkOutLicense } from "../../../use-cases/check-out.ts";
import { formatDate } from "../../../wire/date.ts";
import { WireDate } from "../../../wire/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { FloatingServerContext } from "../context.ts";
import { holderFields, licenseFields, toBorrowWish, toLicenseRef, toSeatDetails } from "../fields.ts";
import { borrowCodes, fullCodes, licenseCodes } from "../refusals.ts";

const BorrowReply = Type.Object({
  license_id: Type.Integer(),
  device_id: Type.Integer({ description: "the seat's id" }),
  borrowed_until: WireDate,
  max_borrow_time: Type.Number({ description: "hours" }),
  is_borrowed: Type.Boolean(),
  floating_slots_in_use: Type.Integer(),
});

export function borrow(context: FloatingServerContext) {
  return defineRoute({
    name: "borrow",
    summary: "Keep a license seat until an instant, without heartbeats; registers first where needed",
    section: "Seats of licenses",
    methods: ["POST"],
    paths: ["/api/v4/borrow"],
    aliases: ["/api/v4/floating/borrow", "/api/v4/floatingborrow", "/api/v4/api/v4/borrow"],
    input: Type.Object({ ...licenseFields, ...holderFields }),
    reply: BorrowReply,
    refuses: [...licenseCodes, "license_not_floating", ...borrowCodes, ...fullCodes],
    access: { role: "user" },
    changes: true,
    async handle(input) {
      const wish = toBorrowWish(input);
      const outcome = await checkOutLicense(context, {
        license: toLicenseRef(input),
        holder: input.user,
        borrow: wish === "none" ? "longest" : wish,
        movesBorrow: true,
        details: toSeatDetails(input),
      });
      if (isRefusal(outcome)) return outcome;
      const { license, seat, inUse } = outcome;
      return {
        license_id: license.id,
        device_id: seat.id,
        borrowed_until: formatDate(seat.borrowedUntil),
        max_borrow_time: license.maxBorrowMs / HOUR_MS,
        is_borrowed: true,
        floating_slots_in_use: inUse,
      };
    },
  });
}
