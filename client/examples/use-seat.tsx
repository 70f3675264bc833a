import type { FloatingClient, Seat } from "@seatkeeper/client";
import { useEffect, useState } from "react";

/** What a component shows of its seat. */
export type SeatState =
  | { readonly state: "waiting"; readonly retryAfterMs?: number | undefined }
  | { readonly state: "held"; readonly seat: Seat }
  | { readonly state: "lost" | "failed"; readonly reason: string };

/** Holds a seat while the component is shown. Components of one client and feature share it. */
export function useSeat(client: FloatingClient, feature: string): SeatState {
  const [state, setState] = useState<SeatState>({ state: "waiting" });
  useEffect(() => {
    const stop = new AbortController();
    const ends = [client.on("denied", ({ retryAfterMs }) => setState({ state: "waiting", retryAfterMs }))];
    const holding = client.checkOut(feature, { wait: "1d", signal: stop.signal });
    holding.then(
      (seat) => {
        const isLost = ({ error }: { readonly error: Error }) => setState({ state: "lost", reason: error.message });
        seat.on("lost", isLost);
        seat.on("expired", isLost);
        seat.on("renewed", () => setState({ state: "held", seat }));
        setState({ state: "held", seat });
      },
      (error: Error) => stop.signal.aborted || setState({ state: "failed", reason: error.message }),
    );
    return () => {
      stop.abort();
      for (const end of ends) end();
      holding.then((seat) => seat.release()).catch(() => {});
    };
  }, [client, feature]);
  return state;
}

export function RenderButton({ client }: { readonly client: FloatingClient }) {
  const seat = useSeat(client, "render");
  if (seat.state === "held") return <button type="button">Render</button>;
  if (seat.state === "waiting") return <p>All seats are taken. Waiting…</p>;
  return <p>No seat: {seat.reason}</p>;
}
