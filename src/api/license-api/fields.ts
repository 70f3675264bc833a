import Type from "typebox";
import type { CheckOutCommand } from "../../use-cases/check-out.ts";
import type { HoldingCaller } from "../../use-cases/seat-context.ts";
import type { DeviceLicenseRef } from "../../use-cases/vendor/devices/device-license-ref.ts";
import type { FileFilter } from "../../use-cases/vendor/products/installation-files.ts";
import { toBorrowWish } from "../../wire/borrow-date.ts";
import { toDeviceInfo } from "../../wire/device-info.ts";
import { DisplayText, Name, OptionalBoolean, OptionalCount, OptionalName, toInteger } from "../../wire/fields.ts";
import { RequestRefusal } from "../http/request-refusal.ts";
import type { ApplicationCode } from "./errors.ts";

/** Which license of which product; either `license_key` or `username` is required. */
export const licenseFields = {
  product: Name("product code"),
  license_key: OptionalName("license key, for key-based products"),
  username: OptionalName("user name, for user-based products"),
  license_id: OptionalCount("which of several licenses"),
  bundle_code: OptionalName("only licenses of this bundle"),
};

/** Which device. */
export const deviceField = { hardware_id: Name("the device; compared exactly") };

/** Device information; shown, never looked at but for `is_vm`. */
export const deviceInfoFields = {
  is_vm: OptionalBoolean("whether the device is a virtual machine"),
  vm_info: DisplayText("which virtual machine"),
  os_ver: DisplayText("operating system and version"),
  hostname: DisplayText("host name"),
  os_hostname: DisplayText("another name of `hostname`"),
  ip: DisplayText("address"),
  ip_local: DisplayText("local address"),
  mac_address: DisplayText("MAC address"),
  sdk_ver: DisplayText("version of the client library"),
  app_ver: DisplayText("version of the application"),
};

/** Fields of every request about one device's license. */
export const callerFields = { ...deviceField, ...licenseFields, ...deviceInfoFields };

export const featureField = { feature: Name("feature code") };
export const passwordField = { password: DisplayText("the user's password, for user-based products") };
export const borrowField = { borrowed_until: DisplayText("keep the seat until then; null for as long as allowed") };

/** A password as it is proven or chosen: any text, compared as it is. */
export function PasswordText(description: string) {
  return Type.String({ description, maxLength: 1_024, format: "wire-text" });
}

/** Which version of the product. */
export const versionFields = {
  env: OptionalName("only versions of this environment"),
  channel: OptionalName("only versions of this channel"),
  version: OptionalName("only this version"),
};
const VersionInput = Type.Object(versionFields);

const LicenseInput = Type.Object(licenseFields);
const DeviceInfoInput = Type.Object(deviceInfoFields);
const CallerInput = Type.Object(callerFields);
const BorrowInput = Type.Object(borrowField);
export type CallerInput = Type.Static<typeof CallerInput>;

/** @throws RequestRefusal `license_key_or_license_user_required` */
export function toLicenseRef(input: Type.Static<typeof LicenseInput>): DeviceLicenseRef {
  const { product, license_key: key, username } = input;
  const isKeyGiven = typeof key === "string";
  if (isKeyGiven === (typeof username === "string")) {
    throw new RequestRefusal<ApplicationCode>("license_key_or_license_user_required");
  }
  return {
    product,
    licenseId: toInteger(input.license_id),
    key: key ?? undefined,
    username: username ?? undefined,
    bundleCode: input.bundle_code ?? undefined,
  };
}

/** The license, and the device as the holder of its seats. @throws RequestRefusal */
export function toCaller(input: CallerInput): HoldingCaller & { readonly license: DeviceLicenseRef } {
  return { license: toLicenseRef(input), device: input.hardware_id, holder: input.hardware_id };
}

/** A wish to hold a seat as any check does. @throws RequestRefusal */
export function toCheck(input: CallerInput): CheckOutCommand & { readonly license: DeviceLicenseRef } {
  return { ...toCaller(input), borrow: "none", ...toDescription(input) };
}

/** A wish to borrow; no date means the longest allowed, and another one moves it. [BORROW-4] @throws RequestRefusal */
export function toBorrow(
  input: CallerInput & Type.Static<typeof BorrowInput>,
): CheckOutCommand & { readonly license: DeviceLicenseRef } {
  const wish = toBorrowWish(input.borrowed_until);
  return { ...toCheck(input), borrow: wish === "none" ? "longest" : wish, movesBorrow: true };
}

/** What the device says of itself: what is shown with its seat, and what is kept with its row. */
export function toDescription(
  input: Type.Static<typeof DeviceInfoInput>,
): Pick<CheckOutCommand, "details" | "deviceInfo"> {
  const details = {
    hostname: input.hostname || input.os_hostname || undefined,
    localIp: input.ip_local || undefined,
    sdkVersion: input.sdk_ver || undefined,
    appVersion: input.app_ver || undefined,
  };
  return { details, deviceInfo: toDeviceInfo(input) };
}

export function toVersionFilter({ env, channel, version }: Type.Static<typeof VersionInput>): FileFilter {
  return { environment: env ?? undefined, channel: channel ?? undefined, version: version ?? undefined };
}
