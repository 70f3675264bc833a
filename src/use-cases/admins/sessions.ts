import { type Admin, hasSessionEnded, type Session } from "../../domain/admin.ts";
import { decideCreation, removal } from "../../domain/change-record.ts";
import { unchanged } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import { hashToken, makeSecret } from "../../signing/secret.ts";
import type { Store } from "../../store/store.ts";

/** How old `seenAt` may be before it is written anew. */
const SEEN_EVERY_MS = 60_000;

/** Starts a session for who has proven the password. @returns it, and the cookie's token */
export async function startSession(store: Store, { id: adminId }: Admin): Promise<{ session: Session; token: string }> {
  const token = makeSecret();
  const ref = { kind: "session", field: "tokenHash", value: hashToken(token) } as const;
  const session = await store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "session", ref, (id) => ({
      id,
      adminId,
      tokenHash: ref.value,
      csrfToken: makeSecret(),
      startedAt: view.now,
      seenAt: view.now,
    })),
  );
  if ("refused" in session) throw new Error("two sessions with one token");
  return { session, token };
}

export async function endSession(store: Store, id: number): Promise<void> {
  const ref = { kind: "session", field: "id", value: id } as const;
  await store.transact({ records: [ref] }, (view) => {
    const session = view.records.get(ref);
    return session === undefined ? unchanged(undefined) : { ...removal("session", session), outcome: undefined };
  });
}

/** The session of a cookie and whose it is; undefined where it has ended. */
export async function findSession(
  store: Store,
  token: string,
  now: Instant,
): Promise<{ readonly session: Session; readonly admin: Admin } | undefined> {
  const session = await store.findRecord({ kind: "session", field: "tokenHash", value: hashToken(token) });
  if (session === undefined || hasSessionEnded(session, now)) return undefined;
  const admin = await store.findRecord({ kind: "admin", field: "id", value: session.adminId });
  if (admin === undefined || admin.isDisabled) return undefined;
  if (now - session.seenAt > SEEN_EVERY_MS) await stampSession(store, session, now);
  return { session, admin };
}

/** Not an event: it tells nothing that anybody did. */
async function stampSession(store: Store, { id }: Session, now: Instant): Promise<void> {
  const ref = { kind: "session", field: "id", value: id } as const;
  await store.transact({ records: [ref] }, (view) => {
    const session = view.records.get(ref);
    if (session === undefined) return unchanged(undefined);
    const record = { ...session, seenAt: now };
    return { outcome: undefined, changes: [{ change: "put_record", kind: "session", record }], events: [] };
  });
}
