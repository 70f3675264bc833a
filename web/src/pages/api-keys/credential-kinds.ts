import type { ItemOf } from "../../api/operation.ts";

export type Credential = ItemOf<"api-key list"> | ItemOf<"oauth-client list">;

/** What applications of the vendor prove themselves with: two kinds, which are kept and changed alike. */
export interface CredentialKind {
  readonly list: "api-key list" | "oauth-client list";
  readonly create: "api-key create" | "oauth-client create";
  readonly show: "api-key show" | "oauth-client show";
  readonly update: "api-key update" | "oauth-client update";
  readonly rotate: "api-key rotate" | "oauth-client rotate";
  readonly revoke: "api-key revoke" | "oauth-client revoke";
  readonly noun: string;
  readonly plural: string;
  /** What its public name is called, and its secret. */
  readonly publicName: string;
  readonly secretName: string;
  readonly about: string;
  paramsOf(credential: Credential): { readonly key: string } & { readonly client: string };
  publicNameOf(credential: Credential): string;
  /** What a reply shows this once; null where it was shown before. */
  secretOf(reply: object): string | null;
}

const own = (credential: object, name: string) => (credential as Readonly<Record<string, string | null>>)[name] ?? null;

function kind(
  texts: Omit<CredentialKind, "paramsOf" | "publicNameOf" | "secretOf">,
  names: { readonly publicName: string; readonly secret: string },
): CredentialKind {
  const publicNameOf = (credential: Credential) => own(credential, names.publicName) ?? "";
  return {
    ...texts,
    publicNameOf,
    paramsOf: (credential) => ({ key: publicNameOf(credential), client: publicNameOf(credential) }),
    secretOf: (reply) => own(reply, names.secret),
  };
}

export const apiKeys = kind(
  {
    list: "api-key list",
    create: "api-key create",
    show: "api-key show",
    update: "api-key update",
    rotate: "api-key rotate",
    revoke: "api-key revoke",
    noun: "API key",
    plural: "API keys",
    publicName: "API key",
    secretName: "Shared key",
    about: "An application signs each request by the shared key, which never travels. Most applications use this.",
  },
  { publicName: "key", secret: "shared_key" },
);

export const oauthClients = kind(
  {
    list: "oauth-client list",
    create: "oauth-client create",
    show: "oauth-client show",
    update: "oauth-client update",
    rotate: "oauth-client rotate",
    revoke: "oauth-client revoke",
    noun: "OAuth client",
    plural: "OAuth clients",
    publicName: "Client id",
    secretName: "Client secret",
    about: "An application gets a token for its secret, which lasts an hour, and sends that with each request.",
  },
  { publicName: "client_id", secret: "client_secret" },
);
