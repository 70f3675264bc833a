import Type from "typebox";
import { Body, Id, Name, OrNull } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";
import { licenseTermFields } from "../terms.ts";
import { FeatureOverrides } from "./licenses.ts";

const vendor = { sides: ["vendor"] } as const;

export const PolicyObject = Type.Object({
  id: Id(),
  product: Name("code"),
  code: Name(),
  name: Name(),
  ...licenseTermFields,
  /** Null: every feature of the product as it is. */
  features: OrNull(FeatureOverrides),
});

const policyParams = Type.Object({ policy: Id() });
const features = Type.Optional(OrNull(FeatureOverrides));

export const listPolicies = defineList({
  noun: "policy",
  verb: "list",
  method: "GET",
  path: "/policies",
  summary: "Policies: named ways of selling a product",
  ...vendor,
  role: "viewer",
  item: PolicyObject,
  fields: { id: "number", product: "text", code: "text", name: "text", type: "text", is_trial: "boolean" },
});

export const createPolicy = defineOperation({
  noun: "policy",
  verb: "create",
  method: "POST",
  path: "/policies",
  summary: "Make a policy; what it does not say is as usual",
  ...vendor,
  role: "admin",
  body: Body({
    product: Name("code"),
    code: Name("unique among the policies of the product"),
    name: Name(),
    ...licenseTermFields,
    features,
  }),
  reply: PolicyObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showPolicy = defineOperation({
  noun: "policy",
  verb: "show",
  method: "GET",
  path: "/policies/{policy}",
  summary: "One policy",
  ...vendor,
  role: "viewer",
  params: policyParams,
  reply: PolicyObject,
  refuses: ["does_not_exist"],
});

export const updatePolicy = defineOperation({
  noun: "policy",
  verb: "update",
  method: "PATCH",
  path: "/policies/{policy}",
  summary: "Change a policy; licenses that were issued by it stay as they are",
  ...vendor,
  role: "admin",
  params: policyParams,
  body: Body({ code: Type.Optional(Name()), name: Type.Optional(Name()), ...licenseTermFields, features }),
  reply: PolicyObject,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  hasEtag: true,
});

export const deletePolicy = defineOperation({
  noun: "policy",
  verb: "delete",
  method: "DELETE",
  path: "/policies/{policy}",
  summary: "Remove a policy that nothing needs",
  ...vendor,
  role: "admin",
  params: policyParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});
