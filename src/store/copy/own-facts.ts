/** From where an installation was copied, as a JSON list: the last copy comes last. [COPY-5] */
export const COPIED_FROM = "copied-from";

/**
 * By how many milliseconds an event may be earlier than one with a lower id. On PostgreSQL it may be, between licenses; a
 * SQLite store that was copied from there needs to know when it searches events by time.
 */
export const EVENT_DISORDER = "event-disorder-ms";

/** Facts about a database, not about the installation in it: they are not copied as they are. */
export function isOwnFact(name: unknown): boolean {
  return name === COPIED_FROM || name === EVENT_DISORDER;
}
