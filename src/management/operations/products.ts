import Type from "typebox";
import { Body, CustomField, Flag, Id, Metadata, Name, OneOf, OrNull, Seconds, Time } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";
import { poolFields } from "../terms.ts";

const vendor = { sides: ["vendor"] } as const;

export const FeatureObject = Type.Object({
  id: Id(),
  code: Name(),
  name: Name(),
  type: OneOf(["activation", "consumption"]),
  ...poolFields,
  metadata: Metadata(),
});

export const ProductObject = Type.Object({
  id: Id(),
  code: Name("the short code that requests name"),
  name: Name(),
  authorization_method: OneOf(["license-key", "user"]),
  state: OneOf(["active", "disabled", "archived"]),
  timeout_seconds: Seconds("of new licenses that float"),
  prevent_vm: Flag(),
  allow_overages: Flag(),
  max_overages: Type.Integer(),
  trial: OrNull(Type.Object({ days: Type.Integer(), is_email_required: Flag(), policy_id: OrNull(Id()) })),
  custom_fields: Type.Array(Type.Object({ name: Type.String(), value: Type.Any() })),
  features: Type.Array(FeatureObject),
  metadata: Metadata(),
  created_at: Time(),
});

const productParams = Type.Object({ product: Name("code") });
const productFields = {
  name: Type.Optional(Name()),
  authorization_method: Type.Optional(
    OneOf(["license-key", "user"], "what activates a license: its key, or its users"),
  ),
  state: Type.Optional(OneOf(["active", "disabled", "archived"])),
  timeout_seconds: Type.Optional(Seconds("of new licenses that float")),
  prevent_vm: Type.Optional(Flag()),
  allow_overages: Type.Optional(Flag()),
  max_overages: Type.Optional(Type.Integer({ minimum: 0 })),
  trial: Type.Optional(
    OrNull(
      Type.Object(
        {
          days: Type.Integer({ minimum: 1 }),
          is_email_required: Type.Optional(Flag()),
          policy_id: Type.Optional(OrNull(Id())),
        },
        { additionalProperties: false },
      ),
    ),
  ),
  custom_fields: Type.Optional(Type.Array(CustomField({ additionalProperties: false }))),
  metadata: Type.Optional(Metadata()),
};

export const listProducts = defineList({
  noun: "product",
  verb: "list",
  method: "GET",
  path: "/products",
  summary: "Products",
  ...vendor,
  role: "viewer",
  item: ProductObject,
  fields: { id: "number", code: "text", name: "text", state: "text", authorization_method: "text", created_at: "time" },
});

export const createProduct = defineOperation({
  noun: "product",
  verb: "create",
  method: "POST",
  path: "/products",
  summary: "Make a product",
  ...vendor,
  role: "admin",
  body: Body({ ...productFields, code: Name("the short code that requests name"), name: Name() }),
  reply: ProductObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showProduct = defineOperation({
  noun: "product",
  verb: "show",
  method: "GET",
  path: "/products/{product}",
  summary: "One product with its features",
  ...vendor,
  role: "viewer",
  params: productParams,
  reply: ProductObject,
  refuses: ["does_not_exist"],
});

export const updateProduct = defineOperation({
  noun: "product",
  verb: "update",
  method: "PATCH",
  path: "/products/{product}",
  summary: "Change a product",
  ...vendor,
  role: "admin",
  params: productParams,
  body: Body({ ...productFields, code: Type.Optional(Name("while nothing names it by its code")) }),
  reply: ProductObject,
  refuses: ["does_not_exist", "already_exists", "is_in_use", "invalid_field"],
  hasEtag: true,
});

export const deleteProduct = defineOperation({
  noun: "product",
  verb: "delete",
  method: "DELETE",
  path: "/products/{product}",
  summary: "Remove a product that nothing needs",
  ...vendor,
  role: "admin",
  params: productParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});

const featureParams = Type.Object({ product: Name("code of the product"), feature: Name("code") });
const featureFields = {
  name: Type.Optional(Name()),
  type: Type.Optional(OneOf(["activation", "consumption"])),
  ...poolFields,
  metadata: Type.Optional(Metadata()),
};

export const listFeatures = defineList({
  noun: "feature",
  verb: "list",
  method: "GET",
  path: "/products/{product}/features",
  summary: "Features of a product",
  ...vendor,
  role: "viewer",
  params: productParams,
  refuses: ["does_not_exist"],
  item: FeatureObject,
  fields: { id: "number", code: "text", name: "text", type: "text" },
});

export const createFeature = defineOperation({
  noun: "feature",
  verb: "create",
  method: "POST",
  path: "/products/{product}/features",
  summary: "Add a feature to a product; its values are defaults that a license may override",
  ...vendor,
  role: "admin",
  params: productParams,
  body: Body({ ...featureFields, code: Name("fixed once a license has it"), name: Name() }),
  reply: FeatureObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: false,
});

export const showFeature = defineOperation({
  noun: "feature",
  verb: "show",
  method: "GET",
  path: "/products/{product}/features/{feature}",
  summary: "One feature of a product",
  ...vendor,
  role: "viewer",
  params: featureParams,
  reply: FeatureObject,
  refuses: ["does_not_exist"],
});

export const updateFeature = defineOperation({
  noun: "feature",
  verb: "update",
  method: "PATCH",
  path: "/products/{product}/features/{feature}",
  summary: "Change a feature; licenses that are out keep theirs as they are",
  ...vendor,
  role: "admin",
  params: featureParams,
  body: Body({ ...featureFields, code: Type.Optional(Name("while no license has it")) }),
  reply: FeatureObject,
  refuses: ["does_not_exist", "already_exists", "is_in_use", "invalid_field"],
  hasEtag: true,
});

export const deleteFeature = defineOperation({
  noun: "feature",
  verb: "delete",
  method: "DELETE",
  path: "/products/{product}/features/{feature}",
  summary: "Take a feature off a product; licenses that are out keep theirs",
  ...vendor,
  role: "admin",
  params: featureParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});
