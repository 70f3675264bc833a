import Type from "typebox";
import { Body, Count, CustomField, Flag, Id, Metadata, Name, OneOf, OrNull, Text, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";
import { licenseTermFields, poolFields } from "../terms.ts";

const vendor = { sides: ["vendor"] } as const;
const both = { sides: SIDES } as const;

export const LicenseFeatureObject = Type.Object({
  id: Id(),
  code: Name(),
  name: Name(),
  type: OneOf(["activation", "consumption"]),
  ...poolFields,
  expires_at: OrNull(Time()),
  in_use: Type.Optional(Count("live seats, where its seats float here")),
  consumed: Type.Optional(Count("of a consumption feature")),
  metadata: Metadata(),
});

export const LicenseObject = Type.Object({
  id: Id(),
  product: Name("code"),
  key: OrNull(Text()),
  is_active: Flag("activated"),
  is_enabled: Flag(),
  ...licenseTermFields,
  times_activated: Count(),
  transfer_count: Count(),
  in_use: Type.Optional(Count("live license seats")),
  consumed: Type.Optional(Count("of a license of type consumption")),
  features: Type.Array(LicenseFeatureObject),
  users: Type.Array(Type.Object({ user_id: Id(), max_activations: Count(), allow_unlimited_activations: Flag() })),
  customer_id: OrNull(Id()),
  customer: Type.Any({ description: "the customer as license files carry it" }),
  order_id: OrNull(Id()),
  order_store_id: OrNull(Text()),
  policy_id: OrNull(Id()),
  bundle: OrNull(Name()),
  metadata: Metadata(),
  custom_fields: Type.Array(Type.Any()),
  issued_at: OrNull(Time("at the vendor only")),
});

const licenseParams = Type.Object({ license: Id() });
/** What a license or a policy has otherwise than its product's features say. */
export const FeatureOverrides = Type.Array(
  Type.Object(
    {
      code: Name("of the product's feature"),
      ...poolFields,
      expires_at: Type.Optional(OrNull(Time())),
      metadata: Type.Optional(Metadata()),
    },
    { additionalProperties: false },
  ),
  { maxItems: 500, description: "what differs from the product's feature" },
);
/** Who may activate a license of a user-based product, each on how many devices. */
export const UserChoices = Type.Array(
  Type.Object(
    {
      username: Name(),
      max_activations: Type.Optional(Count("devices; 1 unless said")),
      allow_unlimited_activations: Type.Optional(Flag()),
    },
    { additionalProperties: false },
  ),
  { maxItems: 1_000 },
);

/** By what licenses are filtered and ordered. */
export const licenseListFields = {
  id: "number",
  product: "text",
  key: "text",
  type: "text",
  is_active: "boolean",
  is_enabled: "boolean",
  valid_until: "time",
  customer_id: "number",
  order_id: "number",
  policy_id: "number",
  bundle: "text",
  issued_at: "time",
} as const;

export const listLicenses = defineList({
  noun: "license",
  verb: "list",
  method: "GET",
  path: "/licenses",
  summary: "Licenses",
  ...both,
  role: "viewer",
  item: LicenseObject,
  fields: licenseListFields,
});

export const createLicense = defineOperation({
  noun: "license",
  verb: "create",
  method: "POST",
  path: "/licenses",
  summary: "Issue a license of a product",
  ...vendor,
  role: "admin",
  body: Body({
    product: Name("code"),
    policy_id: Type.Optional(Id()),
    key: Type.Optional(Name("left out: a new one is made")),
    ...licenseTermFields,
    features: Type.Optional(FeatureOverrides),
    users: Type.Optional(UserChoices),
    customer_id: Type.Optional(Id()),
    order_id: Type.Optional(Id()),
    metadata: Type.Optional(Metadata()),
    custom_fields: Type.Optional(Type.Array(CustomField({ additionalProperties: true }), { maxItems: 500 })),
  }),
  reply: LicenseObject,
  status: 201,
  refuses: ["does_not_exist", "already_exists", "invalid_field"],
  isCreation: true,
});

export const showLicense = defineOperation({
  noun: "license",
  verb: "show",
  method: "GET",
  path: "/licenses/{license}",
  summary: "One license, and what is used of it now",
  ...both,
  role: "viewer",
  params: licenseParams,
  reply: LicenseObject,
  refuses: ["does_not_exist"],
});

export const updateLicense = defineOperation({
  noun: "license",
  verb: "update",
  method: "PATCH",
  path: "/licenses/{license}",
  summary: "Change a license that is out; floating servers learn of it by a refresh file",
  ...vendor,
  role: "admin",
  params: licenseParams,
  body: Body({
    ...licenseTermFields,
    features: Type.Optional(FeatureOverrides),
    customer_id: Type.Optional(OrNull(Id())),
    order_id: Type.Optional(OrNull(Id())),
    metadata: Type.Optional(Metadata()),
    custom_fields: Type.Optional(Type.Array(CustomField({ additionalProperties: true }), { maxItems: 500 })),
  }),
  reply: LicenseObject,
  refuses: ["does_not_exist", "invalid_field"],
  hasEtag: true,
});

export const deleteLicense = defineOperation({
  noun: "license",
  verb: "delete",
  method: "DELETE",
  path: "/licenses/{license}",
  summary: "Remove a license with everything of it",
  ...vendor,
  role: "admin",
  params: licenseParams,
  status: 204,
  refuses: ["does_not_exist"],
  hasEtag: true,
});

/** A verb that changes the state of one license. */
const state = <const Verb extends string>(verb: Verb, summary: string) =>
  defineOperation({
    noun: "license",
    verb,
    method: "POST",
    path: `/licenses/{license}/${verb}`,
    summary,
    ...vendor,
    role: "admin",
    params: licenseParams,
    reply: LicenseObject,
    refuses: ["does_not_exist"],
    hasEtag: true,
  });
export const enableLicense = state("enable", "Let a license work again");
export const disableLicense = state("disable", "Refuse everything about a license from now on; its seats end");
export const resetLicense = state("reset", "Make a license as if it had never been activated");

export const bulkLicenses = defineOperation({
  noun: "license",
  verb: "bulk",
  method: "POST",
  path: "/licenses/bulk",
  summary: "Enable, disable, reset or delete many licenses; each by itself",
  ...vendor,
  role: "admin",
  body: Body({
    action: OneOf(["enable", "disable", "reset", "delete"]),
    ids: Type.Array(Id(), { minItems: 1, maxItems: 1_000 }),
  }),
  reply: Type.Object({
    done: Type.Array(Id()),
    failed: Type.Array(Type.Object({ id: Id(), code: Type.String() })),
  }),
});

export const assignUser = defineOperation({
  noun: "license",
  verb: "assign-user",
  method: "PUT",
  path: "/licenses/{license}/users/{username}",
  summary: "Let a license user activate a license",
  ...vendor,
  role: "admin",
  params: Type.Object({ license: Id(), username: Name() }),
  body: Body({
    max_activations: Type.Optional(Count("devices; 1 unless said")),
    allow_unlimited_activations: Type.Optional(Flag()),
  }),
  reply: LicenseObject,
  refuses: ["does_not_exist", "invalid_field"],
});

export const unassignUser = defineOperation({
  noun: "license",
  verb: "unassign-user",
  method: "DELETE",
  path: "/licenses/{license}/users/{username}",
  summary: "Take a license user off a license",
  ...vendor,
  role: "admin",
  params: Type.Object({ license: Id(), username: Name() }),
  status: 204,
  refuses: ["does_not_exist"],
});
