import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import type { TSchema } from "typebox";
import { FloatingServerAccess } from "../../src/api/floating-server/access.ts";
import type { FloatingServerContext } from "../../src/api/floating-server/context.ts";
import { floatingServerErrors } from "../../src/api/floating-server/errors.ts";
import { buildFloatingServer } from "../../src/api/floating-server/floating-server.ts";
import { floatingServerRoutes } from "../../src/api/floating-server/routes.ts";
import { sharedSchemas as floatingServerSchemas } from "../../src/api/floating-server/schemas.ts";
import type { WireError } from "../../src/api/http/error-body.ts";
import { explanations } from "../../src/api/http/explanations.ts";
import type { Route } from "../../src/api/http/route.ts";
import { activationToWire } from "../../src/api/license-api/activation-object.ts";
import { Authorizer } from "../../src/api/license-api/authorization/authorize.ts";
import { OauthTokens } from "../../src/api/license-api/authorization/oauth-tokens.ts";
import type { LicenseApiContext } from "../../src/api/license-api/context.ts";
import { licenseApiErrors } from "../../src/api/license-api/errors.ts";
import { licenseApiExplanations } from "../../src/api/license-api/explanations.ts";
import { buildLicenseApi } from "../../src/api/license-api/license-api.ts";
import { licenseApiRoutes } from "../../src/api/license-api/routes.ts";
import { sharedSchemas as licenseApiSchemas } from "../../src/api/license-api/schemas.ts";
import { SecretBox } from "../../src/signing/secret-box.ts";
import { systemClock } from "../../src/store/decision-time.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { VendorKeys } from "../../src/use-cases/vendor/keys/vendor-keys.ts";
import { version } from "../../src/version.ts";

/** What is generated from an API. */
export interface ApiDescription {
  /** Names its files. */
  readonly name: string;
  readonly title: string;
  readonly routes: readonly Route[];
  readonly errors: Readonly<Record<string, WireError>>;
  readonly explanations: Readonly<Record<string, string>>;
  readonly shared: Readonly<Record<string, TSchema>>;
  /** Built and not listening. */
  readonly app: FastifyInstance;
}

const log = pino({ level: "silent" });

export async function apiDescriptions(): Promise<readonly ApiDescription[]> {
  return [await floatingServer(), await licenseApi()];
}

async function floatingServer(): Promise<ApiDescription> {
  const context: FloatingServerContext = {
    store: new MemoryStore(),
    channel: "onPremise",
    graceMs: 0,
    trustedKeys: [],
    credentials: undefined,
    hardwareId: "",
    version,
    isAuthRequired: true,
  };
  return {
    name: "floating-server",
    title: "Floating Server",
    routes: floatingServerRoutes(context, new FloatingServerAccess(true)),
    errors: floatingServerErrors,
    explanations,
    shared: floatingServerSchemas,
    app: await buildFloatingServer({ context, allowedHosts: [], log }),
  };
}

async function licenseApi(): Promise<ApiDescription> {
  const store = new MemoryStore();
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-"));
  const secrets = SecretBox.open(join(folder, "key"));
  rmSync(folder, { recursive: true });
  const keys = await VendorKeys.open({ store, secrets });
  const context: LicenseApiContext = {
    store,
    secrets,
    keys,
    activationObject: (shown) => activationToWire(shown, keys.signer),
    channel: "cloud",
    graceMs: 0,
    clock: systemClock,
    version,
    publicUrl: undefined,
    sso: undefined,
  };
  return {
    name: "license-api",
    title: "License API",
    routes: licenseApiRoutes(context, new Authorizer(context, new OauthTokens(context))),
    errors: licenseApiErrors,
    explanations: { ...explanations, ...licenseApiExplanations },
    shared: licenseApiSchemas,
    app: await buildLicenseApi({ context, log }),
  };
}
