import { featureCode, PRODUCT } from "../pools.ts";

const DIGITS = 9;

/** @param license nine digits */
export function licenseKey(license: number): string {
  return `BNCH-${license}`;
}

/** @param device up to nine digits: every device has an id of the same length */
export function hardwareId(device: number): string {
  return `hw-${digitsOf(device)}`;
}

/** What a client library says of its device with every call, as text: queries have nothing else. */
export function deviceInfo(device: number) {
  return {
    is_vm: "false" as const,
    os_ver: "Ubuntu 24.04.3 LTS",
    hostname: `host-${digitsOf(device)}.office.example`,
    ip: "10.20.30.40",
    mac_address: "00:16:3e:5a:1b:2c",
    sdk_ver: "7.41.0",
    app_ver: "12.3.1",
  };
}

/** The fields that a client library sends, with a check and with a release. */
export function licenseFields(license: number, feature: number, device: number) {
  return {
    hardware_id: hardwareId(device),
    product: PRODUCT,
    license_key: licenseKey(license),
    feature: featureCode(feature),
    ...deviceInfo(device),
  };
}

function digitsOf(device: number): string {
  return String(device).padStart(DIGITS, "0");
}
