import type { ApiKey, OauthClient } from "../../../domain/credential.ts";
import type { VendorContext } from "../vendor-context.ts";
import { openSecret } from "./open-secret.ts";

/** What an application proves itself with, its secrets opened. */
export interface Credential {
  /** The API key, or the OAuth client's id. */
  readonly name: string;
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly isReadOnly: boolean;
  /** Codes of the products it may ask about; null is all. */
  readonly products: readonly string[] | null;
  readonly isRevoked: boolean;
}

/** Longer than any that was ever made. */
const LONGEST_NAME = 255;

export async function findApiKey(context: VendorContext, key: string): Promise<Credential | undefined> {
  if (key.length > LONGEST_NAME) return undefined;
  const found = await context.store.findRecord({ kind: "api_key", field: "key", value: key });
  return found && toCredential(context, found.key, found.sharedKeys, found);
}

export async function findOauthClient(context: VendorContext, clientId: string): Promise<Credential | undefined> {
  if (clientId.length > LONGEST_NAME) return undefined;
  const found = await context.store.findRecord({ kind: "oauth_client", field: "clientId", value: clientId });
  return found && toCredential(context, found.clientId, found.secrets, found);
}

function toCredential(
  { secrets }: VendorContext,
  name: string,
  sealed: readonly string[],
  { isReadOnly, products, isRevoked }: ApiKey | OauthClient,
): Credential {
  return { name, secrets: sealed.map((each) => openSecret(secrets, each)), isReadOnly, products, isRevoked };
}
