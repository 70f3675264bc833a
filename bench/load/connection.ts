import { connect, type Socket } from "node:net";
import type { Expected, Lane } from "./lane.ts";
import { type Reply, readReply } from "./reply.ts";

/** Shared by all connections: what is read is looked at before anything else is read. */
const received = Buffer.allocUnsafe(65_536);

/** Told of every reply, right after its last byte. */
export interface ReplyObserver {
  /** The expected reply came. @param latencyMs since just before its request was written */
  onRight(latencyMs: number): void;
  /** Another one came. @param reply its status and the beginning of its body */
  onWrong(reply: string): void;
  /** Whether the connection goes on with another request. */
  readonly goesOn: boolean;
}

/** One keep-alive connection with one request outstanding, on a bare socket: as cheap as Node allows. */
export class Connection {
  readonly #socket: Socket;
  readonly #lane: Lane;
  readonly #observer: ReplyObserver;
  #sentAt = 0;
  /** The beginning of a reply that came in parts. */
  #partial: Buffer | undefined;
  #finish: () => void = () => {};
  #fail: (error: Error) => void = () => {};

  private constructor(socket: Socket, lane: Lane, observer: ReplyObserver) {
    this.#socket = socket;
    this.#lane = lane;
    this.#observer = observer;
  }

  static open(port: number, lane: Lane, observer: ReplyObserver): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect({
        host: "127.0.0.1",
        port,
        noDelay: true,
        onread: {
          buffer: received,
          callback: (length) => {
            connection.#receive(length);
            return true;
          },
        },
      });
      const connection = new Connection(socket, lane, observer);
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        socket.on("error", (error) => connection.#fail(error));
        socket.on("close", () => connection.#fail(new Error("the server closed a connection")));
        resolve(connection);
      });
    });
  }

  /** Sends request after request. @returns when the lane is at its end or the observer said stop */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      this.#send(performance.now());
    });
  }

  close(): void {
    this.#fail = () => {};
    this.#socket.destroy();
  }

  #send(now: number): void {
    const request = this.#lane.next();
    if (request === undefined) {
      this.#finish();
      return;
    }
    this.#sentAt = now;
    this.#socket.write(request);
  }

  #receive(length: number): void {
    try {
      if (this.#partial === undefined) this.#read(received, length);
      else {
        const joined = Buffer.concat([this.#partial, received.subarray(0, length)]);
        this.#partial = undefined;
        this.#read(joined, joined.length);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #read(bytes: Buffer, length: number): void {
    const reply = readReply(bytes, length);
    if (reply === undefined) {
      this.#partial = Buffer.from(bytes.subarray(0, length));
      return;
    }
    if (reply.end !== length) throw new Error("the server sent more than one reply to one request");
    const now = performance.now();
    const { expected, mayStop } = this.#lane;
    if (isExpected(bytes, reply, expected)) {
      this.#observer.onRight(now - this.#sentAt);
    } else {
      const body = bytes.toString("utf8", reply.start, Math.min(reply.end, reply.start + 200));
      this.#observer.onWrong(`${reply.status} ${body}`);
    }
    if (mayStop && !this.#observer.goesOn) this.#finish();
    else this.#send(now);
  }
}

function isExpected(bytes: Buffer, reply: Reply, { status, body, signatures }: Expected): boolean {
  if (reply.status !== status) return false;
  const at = bytes.indexOf(body, reply.start);
  // A find beyond the end is left from an earlier reply.
  if (at < 0 || at + body.length > reply.end) return false;
  return signatures === undefined || signatures.isRight(bytes, reply);
}
