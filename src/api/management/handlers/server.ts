import { environmentName, optionNames, options, shownValue } from "../../../config/options.ts";
import { makeHardwareId } from "../../../hardware-id.ts";
import * as operations from "../../../management/operations/server.ts";
import type { Store } from "../../../store/store.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import type { ItemFields } from "../list-query.ts";
import { isoTime } from "../names.ts";

type SettingField = "id" | "name" | "environment" | "value" | "default" | "is_set" | "is_secret" | "about";
type Setting = Readonly<Record<SettingField, unknown>>;

/** What the server is, and by what settings it runs. */
export function serverHandlers({ side, store, clock, version, config, apiUrl }: ManagementContext): readonly Bound[] {
  const startedAt = clock.wall();
  return [
    bind(operations.showStatus, async () => {
      const [licenses, inUse, [last], isWritable] = await Promise.all([
        store.licenses(),
        countSeats(store),
        store.events(0, 1, { isNewestFirst: true }),
        // It writes, and changes nothing that anybody could tell.
        store.sweep().then(
          () => true,
          () => false,
        ),
      ]);
      return {
        side,
        version,
        started_at: isoTime(startedAt),
        licenses: licenses.length,
        seats_in_use: inUse,
        last_event_id: last?.id ?? 0,
        api_url: apiUrl,
        hardware_id: side === "floating" ? await store.fact("hardware-id", makeHardwareId) : null,
        is_store_writable: isWritable,
      };
    }),
    bindList(operations.listSettings, () => ({
      items: optionNames.map((name, id): Setting => {
        const option = options[name];
        const is_secret = "isSecret" in option;
        const value = shownValue(config, name) ?? null;
        return {
          id,
          name,
          environment: environmentName(name),
          value,
          default: option.default ?? null,
          is_set: config[name] !== undefined,
          is_secret,
          about: option.about,
        };
      }),
      fields: settingFields,
      toWire: ({ id: _, ...setting }) => setting,
    })),
  ];
}

const settingFields = {
  id: ({ id }: Setting) => id,
  name: ({ name }: Setting) => name,
  is_set: ({ is_set }: Setting) => is_set,
  is_secret: ({ is_secret }: Setting) => is_secret,
} as ItemFields<Setting>;

async function countSeats(store: Store): Promise<number> {
  let count = 0;
  for (const { id } of await store.licenses()) {
    const usage = await store.usage(id);
    for (const inUse of usage?.inUse.values() ?? []) count += inUse;
  }
  return count;
}
