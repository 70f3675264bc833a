// GET /api/v4/installation_file
// SPEC: FILE-10
import Type from "typebox";
import { isRefusal, refuse } from "../../../domain/outcome.ts";
import { findVersions } from "../../../use-cases/vendor/devices/find-versions.ts";
import { defineRoute } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import { callerFields, toCaller, toVersionFilter, versionFields } from "../fields.ts";
import { fileToWire, InstallationFileObject } from "../license-object.ts";
import { versionCodes } from "../refusals.ts";

export function installationFile(context: LicenseApiContext) {
  return defineRoute({
    name: "installationFile",
    summary: "Show where a version is fetched; without one, the newest that the device may install",
    section: "Versions",
    methods: ["GET"],
    paths: ["/api/v4/installation_file"],
    input: Type.Object({ ...callerFields, ...versionFields }),
    reply: InstallationFileObject,
    refuses: versionCodes,
    access: { role: "application" },
    changes: false,
    async handle(input) {
      const found = await findVersions(context, toCaller(input).license, input.hardware_id, toVersionFilter(input));
      if (isRefusal(found)) return found;
      const [newest] = found;
      return newest === undefined ? refuse("version_not_found") : fileToWire(newest);
    },
  });
}
