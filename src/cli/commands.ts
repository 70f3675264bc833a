import { buildRouteMap, type CommandContext, type RouteMap } from "@stricli/core";
import { adminCreate } from "./admin/admin-create.ts";
import { completion } from "./completion/completion.ts";
import { configShow } from "./config-show.ts";
import { dbCopy } from "./db/db-copy.ts";
import { demo } from "./demo.ts";
import { doctor } from "./doctor/doctor.ts";
import { floating } from "./floating.ts";
import { licenseImportCsv } from "./import-csv/license-import-csv.ts";
import { licenseImport } from "./license-import.ts";
import { licenseRequest } from "./license-request.ts";
import { run } from "./run/run.ts";
import { seats } from "./seats/seats.ts";
import { status } from "./seats/status.ts";
import { login } from "./session/login.ts";
import { logout } from "./session/logout.ts";
import { whoami } from "./session/whoami.ts";
import { vendor } from "./vendor.ts";

type Target = Parameters<typeof buildRouteMap>[0]["routes"][string];
type Usage = Parameters<RouteMap<CommandContext>["formatUsageLine"]>[0];
type Nouns = Readonly<Record<string, Readonly<Record<string, Target>>>>;

/** Commands of one word. */
const words: Readonly<Record<string, Target>> = {
  demo,
  floating,
  vendor,
  login,
  logout,
  whoami,
  completion,
  run,
  seats,
  status,
  doctor,
};

/** Commands of two words that are written by hand; they count before what the management API has. */
const nouns: Nouns = {
  admin: { create: adminCreate },
  license: { request: licenseRequest, import: licenseImport, "import-csv": licenseImportCsv },
  config: { show: configShow },
  db: { copy: dbCopy },
};

const briefs: Readonly<Record<string, string>> = {
  license: "Licenses: issue, change, import",
  config: "Settings",
  db: "Databases: move an installation to another",
};

/** All commands. Those of the management API are left out where the first word is of another. */
export async function allCommands(firstWord: string | undefined): Promise<RouteMap<CommandContext>> {
  const isOther = firstWord !== undefined && firstWord in words;
  const generated: Nouns = isOther ? {} : (await import("./management/commands.ts")).managementCommands();
  const names = [...new Set([...Object.keys(nouns), ...Object.keys(generated)])].sort();
  const routes = names.map((noun) => {
    const verbs = { ...generated[noun], ...nouns[noun] };
    const map = buildRouteMap({ docs: { brief: briefs[noun] ?? briefOf(noun, verbs) }, routes: verbs });
    // A noun may have more verbs than a line of usage holds; its own help has them.
    return [noun, { ...map, formatUsageLine: ({ prefix }: Usage) => `${prefix.join(" ")} <verb>` }] as const;
  });
  return buildRouteMap({
    docs: { brief: "Seatkeeper: floating licenses, self-hosted" },
    routes: { ...Object.fromEntries(routes), ...words },
  });
}

function briefOf(noun: string, verbs: Readonly<Record<string, Target>>): string {
  const name = noun.replaceAll("-", " ");
  return `${name[0]?.toUpperCase()}${name.slice(1)}: ${Object.keys(verbs).join(", ")}`;
}
