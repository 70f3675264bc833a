import { userInfo } from "node:os";
import { adminToWire, tokenToWire } from "../../api/management/admin-objects.ts";
import type { Config } from "../../config/options.ts";
import type { Refusal } from "../../domain/outcome.ts";
import { findNameProblem } from "../../domain/text-problem.ts";
import type { Side } from "../../management/operation.ts";
import { createLog } from "../../observe/log.ts";
import { openStore } from "../../sides/open-store.ts";
import { systemClock } from "../../store/decision-time.ts";
import type { Store } from "../../store/store.ts";
import { createApiToken } from "../../use-cases/admins/api-tokens.ts";
import { createAdmin } from "../../use-cases/admins/create-admin.ts";
import { onBehalfOf } from "../../use-cases/on-behalf-of.ts";
import { CommandFailure } from "../command-failure.ts";
import type { Made, Wish } from "./new-admin.ts";

/**
 * Makes an admin in a data folder that no server runs on. Who may write there needs no other proof. [ADMIN-2]
 *
 * @throws Fault `data_folder_in_use` while a server runs
 * @throws CommandFailure what the use case refuses
 */
export async function makeOffline(config: Config, side: Side, wish: Wish): Promise<Made> {
  const { name, password, role, newToken } = wish;
  const problem = newToken === undefined ? undefined : findNameProblem("--with-token", newToken);
  if (problem !== undefined) throw new CommandFailure("usage", problem);
  const store = await openStore(config, side, await createLog("silent"), systemClock);
  try {
    await checkFirst(store, role);
    const asked = onBehalfOf(store, { actor: { api: "command_line", account: accountName() } });
    const admin = unlessRefused(await createAdmin(asked, { name, password, role }), wish);
    if (newToken === undefined) return { admin: adminToWire(admin), token: null };
    const { apiToken, token } = unlessRefused(await createApiToken(asked, { name: newToken, role }), wish);
    return { admin: adminToWire(admin), token: { ...tokenToWire(apiToken), token } };
  } finally {
    await store.close();
  }
}

/** Somebody has to be able to make others. */
async function checkFirst(store: Store, role: Wish["role"]): Promise<void> {
  if (role !== "admin" && (await store.records("admin")).length === 0) throw firstIsAdmin();
}

export function firstIsAdmin(): CommandFailure {
  return new CommandFailure("usage", "the first admin has the role admin: leave --role out");
}

function unlessRefused<T extends object>(outcome: T | Refusal<string>, { name }: Wish): T {
  if (!("refused" in outcome)) return outcome;
  const { refused, about } = outcome;
  if (refused === "already_exists") {
    throw new CommandFailure("failed", `there is an admin of the name ${name} already (${refused})`);
  }
  throw new CommandFailure(refused === "invalid_field" ? "usage" : "failed", `${about ?? refused} (${refused})`);
}

/** Some machines have no name for who runs this. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
