import type { Instant } from "./instant.ts";

/** What an application proves itself with: a public name and a secret shared with the vendor. */
export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  /** Sealed, newest first; two while the secret is being rotated. */
  readonly sharedKeys: readonly string[];
  /** Refused where a call changes something. */
  readonly isReadOnly: boolean;
  /** Codes of the products it may ask about; null is all. */
  readonly products: readonly string[] | null;
  readonly isRevoked: boolean;
  readonly createdAt: Instant;
}

/** A client that gets tokens for its credentials (OAuth 2). */
export interface OauthClient {
  readonly id: number;
  readonly name: string;
  readonly clientId: string;
  /** Sealed, newest first; two while the secret is being rotated. */
  readonly secrets: readonly string[];
  readonly isReadOnly: boolean;
  readonly products: readonly string[] | null;
  readonly isRevoked: boolean;
  readonly createdAt: Instant;
}

/** A key pair of the vendor: signs replies and license files. */
export interface SigningKey {
  readonly id: number;
  /** PEM */
  readonly publicKey: string;
  /** PEM, sealed. */
  readonly privateKey: string;
  /** One is current; those before it stay published until they are retired. */
  readonly state: "current" | "published" | "retired";
  readonly createdAt: Instant;
}

/** A request for offline activation or deactivation: on a floating server one it wrote, at the vendor one it answered. */
export interface OfflineRequest {
  readonly id: number;
  readonly requestId: string;
  readonly kind: "activation" | "deactivation";
  readonly product: string;
  readonly hardwareId: string;
  /** The license that came of it; null while there is none, and again once it was given back. */
  readonly licenseId: number | null;
  readonly at: Instant;
  /** An answer was imported, or the license was deactivated since: no other file of this request is taken. */
  readonly isClosed: boolean;
  /** On a floating server the text of a deactivation, which could not be written again once the license is gone. */
  readonly file?: string;
}
