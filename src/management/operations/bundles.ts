import Type from "typebox";
import { Body, Id, Metadata, Name, Names, OrNull, Text } from "../fields.ts";
import { defineList, defineOperation } from "../operation.ts";
import { licenseTermFields } from "../terms.ts";
import { UserChoices } from "./licenses.ts";

const vendor = { sides: ["vendor"] } as const;

export const BundleObject = Type.Object({
  id: Id(),
  code: Name(),
  name: Name(),
  product_codes: Names(),
});

const bundleParams = Type.Object({ bundle: Name("code") });
const productCodes = Names("products, all key-based or all user-based");

export const listBundles = defineList({
  noun: "bundle",
  verb: "list",
  method: "GET",
  path: "/bundles",
  summary: "Bundles: products that are sold and activated together",
  ...vendor,
  role: "viewer",
  item: BundleObject,
  fields: { id: "number", code: "text", name: "text" },
});

export const createBundle = defineOperation({
  noun: "bundle",
  verb: "create",
  method: "POST",
  path: "/bundles",
  summary: "Make a bundle",
  ...vendor,
  role: "admin",
  body: Body({ code: Name(), name: Name(), product_codes: productCodes }),
  reply: BundleObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showBundle = defineOperation({
  noun: "bundle",
  verb: "show",
  method: "GET",
  path: "/bundles/{bundle}",
  summary: "One bundle",
  ...vendor,
  role: "viewer",
  params: bundleParams,
  reply: BundleObject,
  refuses: ["does_not_exist"],
});

export const updateBundle = defineOperation({
  noun: "bundle",
  verb: "update",
  method: "PATCH",
  path: "/bundles/{bundle}",
  summary: "Change a bundle; licenses that were issued with it stay as they are",
  ...vendor,
  role: "admin",
  params: bundleParams,
  body: Body({
    code: Type.Optional(Name("while no license has it")),
    name: Type.Optional(Name()),
    product_codes: Type.Optional(productCodes),
  }),
  reply: BundleObject,
  refuses: ["does_not_exist", "already_exists", "is_in_use", "invalid_field"],
  hasEtag: true,
});

export const deleteBundle = defineOperation({
  noun: "bundle",
  verb: "delete",
  method: "DELETE",
  path: "/bundles/{bundle}",
  summary: "Remove a bundle that no license was issued with",
  ...vendor,
  role: "admin",
  params: bundleParams,
  status: 204,
  refuses: ["does_not_exist", "is_in_use"],
  hasEtag: true,
});

export const issueBundle = defineOperation({
  noun: "bundle",
  verb: "issue",
  method: "POST",
  path: "/bundles/{bundle}/issue",
  summary: "Issue a license of each product of a bundle: all of them, or none",
  ...vendor,
  role: "admin",
  params: bundleParams,
  body: Body({
    key: Type.Optional(Name("of all licenses; left out: a new one is made")),
    users: Type.Optional(UserChoices),
    ...licenseTermFields,
    customer_id: Type.Optional(Id()),
    order_id: Type.Optional(Id()),
    metadata: Type.Optional(Metadata()),
  }),
  reply: Type.Object({
    key: OrNull(Text("null where the products are user-based")),
    licenses: Type.Array(Type.Object({ id: Id(), product: Name("code") }), {
      description: "in the order of the bundle's products",
    }),
  }),
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});
