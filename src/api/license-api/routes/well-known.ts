// GET /api/v4/.well-known
// SPEC: SIGN-5
import Type from "typebox";
import { formatDate } from "../../../wire/date.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { baseUrl } from "../public-url.ts";

const VERSION = "v4";
const PATH = `/api/${VERSION}/.well-known`;

/** @param others every other route of the API */
export function wellKnown(context: LicenseApiContext, others: readonly Route[]) {
  return defineRoute({
    name: "wellKnown",
    summary: "What this server is, and the keys its signatures are verified with",
    section: "Server",
    methods: ["GET"],
    paths: [PATH],
    reply: Type.Object({
      api_base_url: Type.String(),
      supported_api_versions: Type.Array(Type.String()),
      default_api_version: Type.String(),
      version: Type.String(),
      environment: Type.String(),
      timestamp: Type.String(),
      pub_key: Type.String({ description: "PEM: the key that signs now" }),
      pub_keys: Type.Array(Type.String(), { description: "PEM: every key to trust, the current one first" }),
      endpoints: Type.Array(Type.Object({ method: Type.String(), url: Type.String() })),
    }),
    refuses: [],
    access: { role: "public" },
    changes: false,
    handle(_input, request) {
      const base = baseUrl(context, request);
      const origin = base.slice(0, -`/api/${VERSION}`.length);
      const [current = ""] = context.keys.publicKeys;
      return {
        api_base_url: base,
        supported_api_versions: [VERSION],
        default_api_version: VERSION,
        version: context.version,
        environment: "production",
        timestamp: formatDate(context.clock.wall()),
        pub_key: current,
        pub_keys: [...context.keys.publicKeys],
        endpoints: [...others, { methods: ["GET"], paths: [PATH] }].flatMap(({ methods, paths }) =>
          paths.flatMap((path) => methods.map((method) => ({ method, url: `${origin}${path}` }))),
        ),
      };
    },
  });
}
