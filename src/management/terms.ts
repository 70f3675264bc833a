import Type from "typebox";
import { Count, Flag, OneOf, OrNull, Seconds, Time } from "./fields.ts";

/** The terms of a pool and its counter, the same for features, policies and licenses. */
export const poolFields = {
  offline_floating: Type.Optional(Flag("its seats float on the customer's floating server")),
  cloud_floating: Type.Optional(Flag("its seats float at the vendor, through the License API")),
  seats: Type.Optional(Count("seats at once")),
  timeout_seconds: Type.Optional(Seconds("how long a seat lasts without being renewed")),
  can_borrow: Type.Optional(Flag("seats may be borrowed")),
  max_borrow_seconds: Type.Optional(Seconds("the longest borrow")),
  max_consumptions: Type.Optional(Count("what may be consumed, for the type consumption")),
  unlimited_consumptions: Type.Optional(Flag()),
  allow_negative_consumptions: Type.Optional(Flag()),
  allow_overages: Type.Optional(Flag("consumption may go over its maximum")),
  max_overages: Type.Optional(Count("by how much; 0 is any amount")),
  consumption_resets: Type.Optional(
    OrNull(OneOf(["daily", "weekly", "monthly", "annually"], "when the count starts again at 0 (UTC)")),
  ),
};

/** What a license, or the policy it is issued by, says beside its features. */
export const licenseTermFields = {
  type: Type.Optional(OneOf(["perpetual", "time-limited", "subscription", "consumption"])),
  ...poolFields,
  starts_at: Type.Optional(OrNull(Time())),
  valid_until: Type.Optional(OrNull(Time("end of validity; null is never"))),
  valid_duration_seconds: Type.Optional(OrNull(Seconds("validity from the first activation on"))),
  maintenance_until: Type.Optional(OrNull(Time())),
  allow_grace_period: Type.Optional(Flag()),
  grace_period_seconds: Type.Optional(Seconds("added to the end of a subscription")),
  prevent_vm: Type.Optional(Flag("refuses virtual machines")),
  is_trial: Type.Optional(Flag()),
  max_activations: Type.Optional(Count("devices at once")),
  allow_unlimited_activations: Type.Optional(Flag()),
  max_transfers: Type.Optional(Count("moves to another device; 0 is any number")),
  max_users: Type.Optional(Count("license users; 0 is any number")),
  is_air_gapped: Type.Optional(Flag()),
};
