// GET /api/v4/versions
// SPEC: FILE-10
import Type from "typebox";
import { isRefusal } from "../../../domain/outcome.ts";
import { findVersions } from "../../../use-cases/vendor/devices/find-versions.ts";
import { formatDate } from "../../../wire/date.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller, toVersionFilter, versionFields } from "../fields.ts";
import { versionCodes } from "../refusals.ts";

export function versions(context: LicenseApiContext) {
  return defineRoute({
    name: "versions",
    summary: "List the versions that the device may install, the newest first",
    section: "Versions",
    methods: ["GET"],
    paths: ["/api/v4/versions"],
    input: Type.Object({ ...callerFields, ...versionFields }),
    reply: Type.Array(Type.Object({ version: Type.String(), release_date: Type.String() })),
    refuses: versionCodes,
    access: { role: "application" },
    changes: false,
    async handle(input) {
      const found = await findVersions(context, toCaller(input).license, input.hardware_id, toVersionFilter(input));
      if (isRefusal(found)) return found;
      return found.map(({ version, releasedAt }) => ({ version, release_date: formatDate(releasedAt) }));
    },
  });
}
