import { watchLive } from "../../../management/operations/live.ts";
import { isStillAdmitted } from "../access/still-admitted.ts";
import { type Bound, bind } from "../bind.ts";
import { channelOf, type ManagementContext } from "../context.ts";
import { type Listener, LiveSeats, type PoolNow } from "../live-seats.ts";

const CHECK_EVERY_MS = 250;
const HEARTBEAT_EVERY_MS = 15_000;
const RETRY_AFTER_MS = 2_000;
/** What a listener may leave unread, in bytes. */
const MOST_UNREAD = 1_048_576;

/** Changes of pools, as they happen. [MANAGE-8] */
export function liveHandlers(context: ManagementContext): readonly Bound[] {
  const { store, clock } = context;
  const live = new LiveSeats(store, channelOf(context));
  return [
    bind(watchLive, async ({ caller, request, reply }) => {
      const stream = reply.raw;
      const since = request.headers["last-event-id"];
      const listener: Listener = (lastEventId, pools) => send(eventsOf(lastEventId, pools));
      const send = (text: string) => {
        if (stream.writableLength > MOST_UNREAD) stream.destroy();
        else stream.write(text);
      };
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) stream.setHeader(name, value);
      }
      stream.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
      const isOver = () => stream.destroyed || stream.writableEnded;
      const beat = setInterval(() => send(": still here\n\n"), HEARTBEAT_EVERY_MS).unref();
      const look = async () => {
        const goesOn = request.server.server.listening && (await isStillAdmitted(store, caller, clock.wall()));
        if (!goesOn) stream.end();
      };
      const check = setInterval(() => look().catch(() => stream.end()), CHECK_EVERY_MS).unref();
      const stop = () => {
        clearInterval(beat);
        clearInterval(check);
        live.leave(listener);
      };
      stream.on("close", stop);
      try {
        const { lastEventId, missed } = await live.listen(listener, parseId(since));
        send(`retry: ${RETRY_AFTER_MS}\nid: ${lastEventId}\n\n${eventsOf(lastEventId, missed)}`);
      } catch (error) {
        request.log.warn({ err: error }, "live events ended");
        stream.end();
      }
      if (isOver()) stop();
      return reply;
    }),
  ];
}

function parseId(given: string | string[] | undefined): number | undefined {
  return typeof given === "string" && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}

function eventsOf(lastEventId: number, pools: readonly PoolNow[]): string {
  return pools.map((pool) => `event: seats\nid: ${lastEventId}\ndata: ${JSON.stringify(pool)}\n\n`).join("");
}
