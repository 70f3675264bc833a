import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
}

/** A reply as it came over the socket. */
export class Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;

  constructor(status: number, headers: IncomingHttpHeaders, bytes: Buffer) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  get text(): string {
    return this.bytes.toString();
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects, and fails where it is not there
  get json(): any {
    return JSON.parse(this.text);
  }
}

/** Speaks to a server over kept connections, byte for byte as it is told. */
export class HttpClient {
  readonly #port: () => number;
  readonly #agent = new Agent({ keepAlive: true });

  /** @param port asked at each request, because a server that is started again has another */
  constructor(port: () => number) {
    this.#port = port;
  }

  send({ method, path, body, headers = {} }: Request): Promise<Reply> {
    const isRaw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const content = isRaw ? body : JSON.stringify(body);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const outgoing = request({
      host: "127.0.0.1",
      port: this.#port(),
      method,
      path,
      agent: this.#agent,
      headers: {
        ...(content !== undefined &&
          !("transfer-encoding" in headers) && { "content-length": String(Buffer.byteLength(content)) }),
        ...(!isRaw && { "content-type": "application/json" }),
        ...headers,
      },
    });
    outgoing.on("error", reject);
    outgoing.on("response", async (incoming) => {
      try {
        const chunks = await Array.fromAsync(incoming as AsyncIterable<Buffer>);
        resolve(new Reply(incoming.statusCode ?? 0, incoming.headers, Buffer.concat(chunks)));
      } catch (error) {
        reject(error as Error);
      }
    });
    outgoing.end(content);
    return promise;
  }

  /** Writes bytes to a new connection. @returns all that comes back until the server ends it */
  async raw(bytes: string | Buffer): Promise<string> {
    const socket = connect(this.#port(), "127.0.0.1");
    socket.write(bytes);
    const chunks = await Array.fromAsync(socket as AsyncIterable<Buffer>);
    return Buffer.concat(chunks).toString("latin1");
  }

  close(): void {
    this.#agent.destroy();
  }
}
