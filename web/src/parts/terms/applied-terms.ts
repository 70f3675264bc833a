import type { Values } from "../use-fields.ts";

/** Whether seats of such terms float anywhere. */
export function isFloating({ offline_floating: offline, cloud_floating: cloud }: Values): boolean {
  return offline === true || cloud === true;
}

/** When a term means something beside the others; a term that is not here always does. */
const conditions: Readonly<Record<string, (values: Values) => boolean>> = {
  seats: isFloating,
  timeout_seconds: isFloating,
  can_borrow: isFloating,
  max_borrow_seconds: (values) => isFloating(values) && values["can_borrow"] === true,
  unlimited_consumptions: isConsumption,
  allow_negative_consumptions: isConsumption,
  consumption_resets: isConsumption,
  max_consumptions: isLimited,
  allow_overages: isLimited,
  max_overages: (values) => isLimited(values) && values["allow_overages"] === true,
  valid_until: isOfATime,
  valid_duration_seconds: isOfATime,
  allow_grace_period: isSubscription,
  grace_period_seconds: (values) => isSubscription(values) && values["allow_grace_period"] === true,
  max_activations: (values) => values["allow_unlimited_activations"] !== true,
};

/** Whether a term of a feature, a policy or a license means something beside the others. */
export function applies(name: string, values: Values): boolean {
  return conditions[name]?.(values) ?? true;
}

/**
 * What is sent of terms: those that apply. An end of validity that was there does not outlive a change of the type.
 *
 * @param given what was typed, or changed; @param values all terms as they would be
 */
export function appliedTerms(given: Values, values: Values): Values {
  const shown = Object.entries(given).filter(([name]) => applies(name, values));
  const ended = ["valid_until", "valid_duration_seconds"].filter(
    (name) => !applies(name, values) && values[name] != null,
  );
  return { ...Object.fromEntries(shown), ...Object.fromEntries(ended.map((name) => [name, null])) };
}

/** What is wrong with terms, by field. */
export function termProblems(values: Values): Readonly<Record<string, string>> {
  const needed = (name: string, isMissing: boolean, sentence: string): [string, string][] =>
    applies(name, values) && isMissing ? [[name, sentence]] : [];
  return Object.fromEntries([
    ...(isFloating(values) ? needed("seats", values["seats"] === undefined, "This is needed where seats float") : []),
    ...needed("timeout_seconds", isNothing(values["timeout_seconds"]), "More than 0 is needed where seats float"),
    ...needed("max_borrow_seconds", isNothing(values["max_borrow_seconds"]), "More than 0 is needed to borrow"),
    ...needed("max_consumptions", values["max_consumptions"] === undefined, "This is needed, unless it is unlimited"),
  ]);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === 0;
}

function isConsumption({ type }: Values): boolean {
  return type === "consumption";
}

function isLimited(values: Values): boolean {
  return isConsumption(values) && values["unlimited_consumptions"] !== true;
}

function isOfATime({ type }: Values): boolean {
  return type !== undefined && type !== "perpetual";
}

function isSubscription({ type }: Values): boolean {
  return type === "subscription";
}
