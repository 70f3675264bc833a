import Type, { type Static } from "typebox";
import type { Feature } from "../../domain/license.ts";
import { FeatureObject, type FeatureUse, featureToWire } from "../../wire/feature-object.ts";

const { floating_end_date: _derived, floating_in_use_devices, ...others } = FeatureObject.properties;

/**
 * A feature as this API shows it: without the time by which to renew, which clients derive, so that the reply to a
 * renewal is the same text while nothing else changes, and its signature can be used again.
 */
export const CloudFeatureObject = Type.Object(
  { ...others, floating_in_use_devices: Type.Optional(floating_in_use_devices) },
  { $id: "CloudFeatureObject" },
);
export type CloudFeatureObject = Static<typeof CloudFeatureObject>;

export function cloudFeatureToWire(feature: Feature, use: FeatureUse): CloudFeatureObject {
  const { floating_end_date: _, floating_in_use_devices: inUse, ...object } = featureToWire(feature, use);
  const floats = feature.floats.cloud || feature.floats.onPremise;
  return floats ? { ...object, floating_in_use_devices: inUse } : object;
}
