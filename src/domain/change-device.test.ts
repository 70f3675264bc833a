import assert from "node:assert/strict";
import { test } from "node:test";
import { VendorDesk } from "../../test/support/vendor-desk.ts";

const refused = (decision: { readonly outcome: object }) =>
  "refused" in decision.outcome ? decision.outcome.refused : undefined;

/** A license with an active device that holds two seats. */
function withDevice(): VendorDesk {
  const desk = new VendorDesk();
  desk.activate("a");
  desk.checkFeature("a", "render");
  desk.checkLicense("a");
  return desk;
}

test("[DEV-10] [DEV-4] the vendor takes a device off with its seats, as the device itself would", () => {
  const [asked, told] = [withDevice(), withDevice()];
  const byVendor = told.deactivateByVendor("a");
  const byDevice = asked.deactivate("a");
  assert.deepEqual(byVendor.changes, byDevice.changes);
  assert.deepEqual(byVendor.events, byDevice.events);
  assert.deepEqual(byVendor.outcome, told.row("a"));
  assert.deepEqual([told.row("a")?.active, told.live(), told.license?.details.timesActivated], [false, [], 0]);
});

test("[DEV-10] what the device itself is refused, its vendor does: on a license that is off or has not begun, or barred", () => {
  const states: readonly (readonly [string, (desk: VendorDesk) => void])[] = [
    ["license_not_enabled", (desk) => change(desk, { enabled: false })],
    ["license_not_active", (desk) => change(desk, { startsAt: desk.now + 1 })],
    ["blacklisted", (desk) => desk.bar("a")],
  ];
  for (const [code, bring] of states) {
    const desk = withDevice();
    bring(desk);
    assert.deepEqual([refused(desk.deactivate("a")), refused(desk.setVariables("a", { x: "1" }))], [code, code]);
    assert.equal(refused(desk.setVariablesByVendor("a", { x: "1" })), undefined, code);
    assert.deepEqual([desk.row("a")?.variables.length, refused(desk.deactivateByVendor("a"))], [1, undefined], code);
    assert.deepEqual([desk.row("a")?.active, desk.license?.details.timesActivated], [false, 0], code);
  }
});

test("[DEV-10] a bar stays on a device that its vendor deactivates", () => {
  const desk = withDevice();
  desk.bar("a");
  desk.deactivateByVendor("a");
  assert.deepEqual([refused(desk.checkLicense("a")), refused(desk.activate("a"))], ["blacklisted", "blacklisted"]);
  desk.admit("a");
  assert.equal(refused(desk.checkLicense("a")), "device_not_found");
  assert.equal(refused(desk.activate("a")), undefined);
});

test("[DEV-10] only a device that is active can be deactivated and have variables set", () => {
  const desk = withDevice();
  desk.deactivateByVendor("a");
  desk.bar("barred before it came");
  for (const hardwareId of ["a", "unknown", "barred before it came"]) {
    assert.equal(refused(desk.deactivateByVendor(hardwareId)), "device_not_found");
    assert.equal(refused(desk.setVariablesByVendor(hardwareId, { x: "1" })), "device_not_found");
  }
  desk.license = undefined;
  for (const decision of [desk.deactivateByVendor("a"), desk.setVariablesByVendor("a", {}), desk.admit("a")]) {
    assert.equal(refused(decision), "license_not_found");
  }
});

test("[DEV-10] [DEV-6] the vendor sets no more variables than a device may have", () => {
  const desk = withDevice();
  const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`v${n}`, ""]));
  assert.equal(refused(desk.setVariablesByVendor("a", many)), "validation_error");
});

function change(desk: VendorDesk, changes: Partial<NonNullable<VendorDesk["license"]>>): void {
  if (desk.license !== undefined) desk.license = { ...desk.license, ...changes };
}
