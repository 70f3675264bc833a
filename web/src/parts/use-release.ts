import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { HoldObject, ReleaseReply } from "../../../schemas/management.d.ts";
import { call } from "../api/call.ts";

/** Of one request. [MANAGE-7] */
const MOST_IDS = 1_000;

export interface ReleaseWish {
  readonly ids: readonly number[];
  readonly reason: string;
  /** 0 is not at all. */
  readonly holdSeconds: number;
}

export interface Released {
  /** Of the seats that were asked for. */
  readonly released: readonly number[];
  readonly failed: ReleaseReply["failed"];
  readonly holds: readonly HoldObject[];
  /** What stopped it on the way; what is released by then stays so. */
  readonly error?: unknown;
}

/** What a release says in its body. */
export function releaseBody({ reason, holdSeconds }: Pick<ReleaseWish, "reason" | "holdSeconds">) {
  return { ...(reason !== "" && { reason }), ...(holdSeconds > 0 && { hold_seconds: holdSeconds }) };
}

/** Releases seats, however many. */
export function useRelease() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: release,
    // A list of thousands is not waited for.
    onSettled: () => void client.invalidateQueries(),
  });
}

async function release(wish: ReleaseWish): Promise<Released> {
  const [first, ...others] = wish.ids;
  if (first === undefined) return { released: [], failed: [], holds: [] };
  if (others.length === 0) {
    const { reply } = await call("seat release", { params: { seat: first }, body: releaseBody(wish) });
    return { ...reply, released: [first] };
  }
  const replies: ReleaseReply[] = [];
  for (let at = 0; at < wish.ids.length; at += MOST_IDS) {
    const ids = wish.ids.slice(at, at + MOST_IDS);
    try {
      replies.push((await call("seat bulk-release", { body: { ids, ...releaseBody(wish) } })).reply);
    } catch (error) {
      if (replies.length === 0) throw error;
      return { ...together(wish.ids, replies), error };
    }
  }
  return together(wish.ids, replies);
}

/** A feature seat that ended with the license seat it needs did not fail, although its own request came too late. */
function together(ids: readonly number[], replies: readonly ReleaseReply[]): Released {
  const ended = new Set(replies.flatMap(({ released }) => released));
  return {
    released: ids.filter((id) => ended.has(id)),
    failed: replies.flatMap(({ failed }) => failed).filter(({ id }) => !ended.has(id)),
    holds: replies.flatMap(({ holds }) => holds),
  };
}
