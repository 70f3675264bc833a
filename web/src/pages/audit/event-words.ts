import type { ItemOf } from "../../api/operation.ts";
import { wordsOf } from "../../parts/labels.ts";

type Event = ItemOf<"audit list">;

/** "Seat granted"; of a record its kind, "Product created". */
export function eventWords({ kind, data }: Pick<Event, "kind" | "data">): string {
  const { record } = data as { readonly record?: string };
  return wordsOf(record === undefined ? kind : kind.replace("record", record));
}

/** The admin or the token; where no admin did it, whoever asked over an API. */
export function actorName({ actor, holder }: Pick<Event, "actor" | "holder">): string {
  if (actor === null) return holder ?? "the server";
  const { admin, token, api } = actor as { readonly admin?: string; readonly token?: string; readonly api?: string };
  if (admin !== undefined) return admin;
  return token === undefined ? (api ?? "") : `token ${token}`;
}
