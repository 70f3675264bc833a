import Type, { type Static } from "typebox";
import { emailOf, type LicenseUser } from "../../domain/customer.ts";
import { isFeatureExpired, type License } from "../../domain/license.ts";
import { findLicenseSeat } from "../../domain/license-seat.ts";
import type { InstallationFile } from "../../domain/product.ts";
import type { Seat } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import { deviceText } from "../../license-file/device-text.ts";
import type { ReplySigner } from "../../signing/reply-signer.ts";
import { type DeviceLicense, licenseeOf } from "../../use-cases/vendor/devices/show-device-license.ts";
import { formatDate } from "../../wire/date.ts";
import { Nullable } from "../../wire/fields.ts";
import { LicenseObject, licenseToWire } from "../../wire/license-object.ts";
import { CloudFeatureObject, cloudFeatureToWire } from "./feature-object.ts";

/** One installation has one vendor. */
export const COMPANY = { id: 1 } as const;
export const Company = Type.Object({ id: Type.Integer() });

const personFields = {
  id: Type.Integer(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  phone_number: Type.String(),
  is_initial_password: Type.Boolean(),
};
/** A license user without a license. */
export const PersonObject = Type.Object(personFields);

/** A license user, as license objects show it. */
export const UserObject = Type.Object({
  ...personFields,
  max_activations: Type.Integer(),
  allow_unlimited_activations: Type.Boolean(),
  total_activations: Type.Integer(),
});

/** The newest version that the license may install; empty texts where there is none. */
export const installationFields = {
  version: Type.String(),
  release_date: Type.String(),
  hash_md5: Type.String(),
  requires_version: Type.String(),
  environment: Type.String(),
  eula_link: Type.String(),
  release_notes_link: Type.String(),
  size: Type.Union([Type.Integer(), Type.String()], { description: "bytes" }),
  channel: Type.String(),
};
export const InstallationFileObject = Type.Object({ ...installationFields, installation_file: Type.String() });

const { license_key: _key, user: _user, product_features: _features, ...shared } = LicenseObject.properties;

/** A license as applications see it, whatever device they run on. */
export const CloudLicenseObject = Type.Object(
  {
    ...shared,
    license_key: Type.Optional(Nullable(Type.String())),
    product_features: Type.Array(CloudFeatureObject),
    company: Company,
    is_air_gapped: Type.Boolean(),
    is_hardware_key_auth: Type.Boolean(),
    max_license_users: Type.Integer(),
    enable_maintenance_period: Type.Boolean(),
  },
  { $id: "CloudLicenseObject" },
);

/** A license as a device sees it. */
export const DeviceLicenseObject = Type.Object(
  {
    ...CloudLicenseObject.properties,
    user: Type.Optional(UserObject),
    device_id: Type.Integer(),
    hardware_id: Type.String(),
    license_signature: Type.String({ description: "over `lower(hardware_id#license_key or user#validity_period)`" }),
    installation_file: Type.String(),
    ...installationFields,
  },
  { $id: "DeviceLicenseObject" },
);
export type DeviceLicenseObject = Static<typeof DeviceLicenseObject>;

/** How a license is shown. */
interface LicenseShow {
  /** The seats of the device that asks. */
  readonly seats?: readonly Seat[];
  /** Whether expired features are shown. */
  readonly includesExpired?: boolean;
}

export function cloudLicenseToWire(
  license: License,
  usage: Usage,
  { seats = [], includesExpired = false }: LicenseShow = {},
): Static<typeof CloudLicenseObject> {
  const {
    product_features,
    user: _nobody,
    ...object
  } = licenseToWire(license, usage, {
    isAdmin: true,
    seat: findLicenseSeat(seats),
  });
  const features = license.features.filter((each) => includesExpired || !isFeatureExpired(each, usage.now));
  return {
    ...object,
    product_features: features.map((feature) =>
      cloudFeatureToWire(feature, {
        now: usage.now,
        licenseId: license.id,
        inUse: usage.inUse.get(feature.id) ?? 0,
        seat: seats.find(({ featureId }) => featureId === feature.id),
        counter: usage.counters.get(feature.id),
      }),
    ),
    company: COMPANY,
    is_air_gapped: license.issued?.isAirGapped ?? false,
    is_hardware_key_auth: license.issued?.isHardwareKeyAuth ?? false,
    max_license_users: license.issued?.maxUsers ?? 0,
    enable_maintenance_period: license.issued?.enableMaintenancePeriod ?? false,
  };
}

/** @param signer makes `license_signature` @param includesExpired whether expired features are shown */
export async function deviceLicenseToWire(
  shown: DeviceLicense,
  signer: ReplySigner,
  includesExpired = false,
): Promise<DeviceLicenseObject> {
  const { license, usage, device, seats, file, user, userActivations } = shown;
  return {
    ...cloudLicenseToWire(license, usage, { seats, includesExpired }),
    ...(user !== undefined && { user: userToWire(license, user, userActivations) }),
    device_id: device.id,
    hardware_id: device.hardwareId,
    license_signature: await signer.sign(
      deviceText(licenseeOf(shown), device.hardwareId, formatDate(license.validUntil)),
    ),
    ...fileToWire(file),
  };
}

export function fileToWire(file: InstallationFile | undefined): Static<typeof InstallationFileObject> {
  return {
    version: file?.version ?? "",
    installation_file: file?.url ?? "",
    release_date: file === undefined ? "" : formatDate(file.releasedAt),
    hash_md5: file?.md5 ?? "",
    requires_version: file?.requiresVersion ?? "",
    environment: file?.environment ?? "",
    eula_link: file?.eulaLink ?? "",
    release_notes_link: file?.releaseNotesLink ?? "",
    size: file?.size ?? "",
    channel: file?.channel ?? "",
  };
}

/** @param activations devices that are active for the user on the license */
export function userToWire(license: License, user: LicenseUser, activations: number): Static<typeof UserObject> {
  const assigned = license.issued?.users.find(({ userId }) => userId === user.id);
  return {
    ...personToWire(user),
    max_activations: assigned?.maxActivations ?? 0,
    allow_unlimited_activations: assigned?.allowUnlimitedActivations ?? false,
    total_activations: activations,
  };
}

export function personToWire(user: LicenseUser): Static<typeof PersonObject> {
  return {
    id: user.id,
    email: emailOf(user.username),
    first_name: user.firstName,
    last_name: user.lastName,
    phone_number: user.phone,
    is_initial_password: user.isInitialPassword,
  };
}
