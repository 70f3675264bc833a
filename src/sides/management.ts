import type { Logger } from "pino";
import { SetupLink } from "../api/management/access/setup-link.ts";
import type { Bound } from "../api/management/bind.ts";
import type { ManagementContext } from "../api/management/context.ts";
import { buildManagementApi } from "../api/management/management-api.ts";
import type { Config } from "../config/options.ts";
import { startTidyingAccess } from "../jobs/tidy-access.ts";
import type { Side as SideName } from "../management/operation.ts";
import type { Clock } from "../store/decision-time.ts";
import type { Store } from "../store/store.ts";
import { version } from "../version.ts";
import { removeSetupFile, setupFileOf, writeSetupFile } from "./setup-file.ts";
import { answerWithin } from "./side.ts";

/** The management API of one side, running. */
export interface Management {
  /** Origin, without a final slash. */
  readonly managementUrl: string;
  /** The one-time link by which the first admin is made; undefined where there is one. */
  readonly adminLink: string | undefined;
}

/** Listens for admins and their programs. */
export async function startManagement(
  side: SideName,
  { store, config, log, clock, apiUrl }: { store: Store; config: Config; log: Logger; clock: Clock; apiUrl: string },
  handlers: (context: ManagementContext) => readonly Bound[],
): Promise<Management & { close(): Promise<void> }> {
  const setupFile = setupFileOf(config, side);
  const setup = new SetupLink(
    () => clock.monotonic(),
    () => removeSetupFile(setupFile),
  );
  const context: ManagementContext = { side, store, clock, version, config, apiUrl, setup, log };
  const app = await buildManagementApi(context, handlers(context));
  const managementUrl = await app.listen({ host: config["management.host"], port: config["management.port"] });
  const hasAdmin = (await store.records("admin")).length > 0;
  try {
    // One that is left from a server that was killed opens nothing.
    if (hasAdmin) removeSetupFile(setupFile);
    else writeSetupFile(setupFile, { url: managementUrl, token: setup.token, side });
  } catch (err) {
    log.warn({ err, setupFile }, "seatkeeper admin create will not find this server");
  }
  log.info({ url: managementUrl, version }, "management API listens");
  const stopTidying = startTidyingAccess(store, clock, log);
  return {
    managementUrl,
    adminLink: hasAdmin ? undefined : setup.urlAt(managementUrl),
    async close() {
      stopTidying();
      removeSetupFile(setupFile);
      await answerWithin(app);
    },
  };
}
