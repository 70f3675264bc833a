import type { TSchema } from "typebox";
import { FeatureObject } from "../../wire/feature-object.ts";
import { LicenseObject } from "../../wire/license-object.ts";
import { ErrorBody } from "../http/error-body.ts";

/** Schemas that others of this API refer to by name. */
export const sharedSchemas: Readonly<Record<string, TSchema>> = { ErrorBody, FeatureObject, LicenseObject };
