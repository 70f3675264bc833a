import { Agent, type IncomingMessage, request } from "node:http";

/** Speaks to a floating server over a few kept connections, as applications do. */
export class SeatClient {
  readonly #agent: Agent;
  readonly #url: string;

  constructor(url: string, connections: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @returns the status once the whole reply is here; rejects when the connection breaks before */
  post(path: string, body: object): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const options = { method: "POST", agent: this.#agent, headers: { "content-type": "application/json" } };
    const sent = request(`${this.#url}${path}`, options, (reply: IncomingMessage) => {
      reply.resume();
      reply.on("end", () => (reply.complete ? resolve(reply.statusCode ?? 0) : reject(new Error("cut off"))));
      reply.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(body));
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
