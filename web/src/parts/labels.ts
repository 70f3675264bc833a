/** What fields are called on the screen, where that is not just their name with spaces. */
const labels: Readonly<Record<string, string>> = {
  email: "E-mail",
  company_name: "Company",
  cloud_floating: "Floating (cloud)",
  offline_floating: "Offline Floating Feature",
  seats: "Max simultaneous users",
  timeout_seconds: "Timeout",
  can_borrow: "Borrowing allowed",
  max_borrow_seconds: "Longest borrow",
  max_consumptions: "Max consumption",
  unlimited_consumptions: "Unlimited consumption",
  allow_negative_consumptions: "Negative consumption allowed",
  allow_overages: "Overages allowed",
  max_overages: "Max overages",
  consumption_resets: "Consumption period",
  prevent_vm: "Refuse virtual machines",
  is_trial: "Trial",
  is_air_gapped: "Air-gapped",
  valid_duration_seconds: "Valid for, from the first activation",
  grace_period_seconds: "Grace period",
  allow_grace_period: "Grace period allowed",
  allow_unlimited_activations: "Any number of devices",
  max_activations: "Max devices",
  policy_id: "Policy",
  customer_id: "Customer",
  order_id: "Order",
  os_ver: "Operating system",
  sdk_ver: "Client library",
  app_ver: "Application",
  hostname: "Host",
  is_vm: "Virtual machine",
  mac_address: "MAC address",
  ip_local: "Local IP",
  size_bytes: "Size in bytes",
};

/** "max_transfers" is "Max transfers". */
export function labelOf(field: string): string {
  const known = labels[field];
  if (known !== undefined) return known;
  const words = field.replace(/_(seconds|id)$/, "").replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/\b(api|ip|vm|id|url)\b/gi, (word) =>
    word.toUpperCase(),
  );
}

/** The API's sentences begin small, as they stand behind a field's name there. */
export function sentence(about: string): string {
  return `${about.charAt(0).toUpperCase()}${about.slice(1)}`;
}

/** A choice's value as words: "time-limited" is "Time limited". */
export function wordsOf(value: string): string {
  const words = value.replaceAll(/[-_]/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
