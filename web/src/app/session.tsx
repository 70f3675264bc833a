import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { SessionObject } from "../../../schemas/management.d.ts";
import { call, keepCsrfToken, whenSignedOut } from "../api/call.ts";
import type { OperationEntry, OperationName, Side } from "../api/operation.ts";
import { operationTable } from "../api/operation-table.ts";

const ROLES = ["viewer", "operator", "admin"] as const;

/** Who uses the pages, and how that changes. */
interface SessionState {
  /** Undefined until the server has told; null is nobody. */
  readonly session: SessionObject | null | undefined;
  /** The session ended while its pages were open: they stay as they are until it goes on. */
  readonly hasEnded: boolean;
  begin(session: SessionObject): void;
  end(): Promise<void>;
}

const SessionContext = createContext<SessionState | undefined>(undefined);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<SessionObject | null>();
  const [hasEnded, setHasEnded] = useState(false);
  const queries = useQueryClient();
  const before = useRef<SessionObject>(undefined);
  const begin = useCallback(
    (begun: SessionObject) => {
      // Pages that somebody else had open stay with the one who left.
      if (before.current !== undefined && before.current.name !== begun.name) return location.reload();
      const isFirst = before.current === undefined;
      before.current = begun;
      keepCsrfToken(begun.csrf_token);
      setSession(begun);
      setHasEnded(false);
      // What was asked without a session was refused.
      if (!isFirst) queries.invalidateQueries();
    },
    [queries],
  );
  const end = useCallback(async () => {
    await call("session end");
    // Nothing of the one who left stays on the screen or in memory.
    location.assign("/");
  }, []);
  useEffect(() => {
    whenSignedOut(() => setHasEnded(true));
    call("session show").then(
      ({ reply }) => begin(reply),
      () => setSession(null),
    );
  }, [begin]);
  const state = useMemo(() => ({ session, hasEnded, begin, end }), [session, hasEnded, begin, end]);
  return <SessionContext value={state}>{children}</SessionContext>;
}

export function useSessionState(): SessionState {
  const state = use(SessionContext);
  if (state === undefined) throw new Error("there is no SessionProvider around this");
  return state;
}

/** The session of a page that is shown to who is logged in. */
export function useSession(): SessionObject {
  const { session } = useSessionState();
  if (session == null) throw new Error("nobody is logged in");
  return session;
}

/** Whether the one who is logged in may do something on this server: undefined, or why not. */
export function useWhyNot(name: OperationName): string | undefined {
  const { role, side } = useSession();
  return whyNot(operationTable[name], role, side);
}

function whyNot(operation: OperationEntry, role: SessionObject["role"], side: Side): string | undefined {
  const { role: needed, sides } = operation;
  if (!sides.includes(side)) return `only a ${sides.join(" or ")} server does this`;
  return mayDo(operation, role) ? undefined : `needs the role ${needed}; you are ${role}`;
}

/** Whether a role is enough. */
export function mayDo({ role: needed }: OperationEntry, role: SessionObject["role"]): boolean {
  return needed === "anyone" || ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
