import type { SeatEvents } from "../../client/src/seat-events.ts";

interface Tells {
  on<Name extends keyof SeatEvents>(name: Name, listener: (event: SeatEvents[Name]) => void): () => void;
}

/** Waits for an event of a seat, or of all seats of a client. */
export function nextEvent<Name extends keyof SeatEvents>(teller: Tells, name: Name): Promise<SeatEvents[Name]> {
  return new Promise((resolve) => {
    const end = teller.on(name, (event) => {
      end();
      resolve(event);
    });
  });
}
