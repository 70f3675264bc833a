import type { TSchema } from "typebox";
import { ErrorBody } from "../http/error-body.ts";
import { ActivationObject } from "./activation-object.ts";
import { CloudFeatureObject } from "./feature-object.ts";
import { DeviceLicenseObject } from "./license-object.ts";

/** Schemas that others of this API refer to by name. */
export const sharedSchemas: Readonly<Record<string, TSchema>> = {
  ErrorBody,
  CloudFeatureObject,
  DeviceLicenseObject,
  ActivationObject,
};
