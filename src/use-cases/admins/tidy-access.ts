import { hasSessionEnded } from "../../domain/admin.ts";
import { type Decision, unchanged } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Store } from "../../store/store.ts";

/** How long an idempotency key is remembered. [MANAGE-6] */
const REMEMBERED_MS = 24 * 3_600_000;
/** Removed in one commit: others wait for it. */
const MOST_AT_ONCE = 1_000;

/** Forgets sessions that have ended and idempotency keys that nobody repeats any more. It tells nothing: no event. */
export async function tidyAccess(store: Store, now: Instant): Promise<void> {
  const sessions = (await store.records("session")).filter((session) => hasSessionEnded(session, now));
  const keys = (await store.records("made_once")).filter(({ at }) => at + REMEMBERED_MS <= now);
  const ended = [
    ...sessions.map(({ id }) => ({ kind: "session", id }) as const),
    ...keys.map(({ id }) => ({ kind: "made_once", id }) as const),
  ];
  for (let from = 0; from < ended.length; from += MOST_AT_ONCE) {
    const some = ended.slice(from, from + MOST_AT_ONCE);
    const decision: Decision<undefined> = {
      ...unchanged(undefined),
      changes: some.map(({ kind, id }) => ({ change: "remove_record", kind, id })),
    };
    await store.transact({}, () => decision);
  }
}
