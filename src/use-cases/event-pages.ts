import { setImmediate as turn } from "node:timers/promises";
import type { EventFilter, EventRecord, Store } from "../store/store.ts";

const PER_PAGE = 500;

/**
 * Events that fit a filter, page by page as they are taken: millions of them take no memory, and let others have their
 * turn.
 */
export async function* eventPages(
  store: Pick<Store, "events">,
  filter: EventFilter,
  afterId = 0,
): AsyncGenerator<readonly EventRecord[], void, undefined> {
  let after = afterId;
  for (;;) {
    const page = await store.events(after, PER_PAGE, filter);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PER_PAGE) return;
    after = last.id;
    await turn();
  }
}
