import { once } from "node:events";
import { createServer as createHttpServer, request } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

/** A network that can be cut: TCP connections to a server, by an address of its own. */
export class Network {
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cutAt: number | undefined;
  #refused = () => {};

  static async open(test: Finishing, target: string): Promise<Network> {
    const network = new Network(new URL(target));
    test.after(() => network.#close());
    network.#server.listen(0, "127.0.0.1");
    await once(network.#server, "listening");
    return network;
  }

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((socket) => this.#pass(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#target.pathname}`;
  }

  /** Breaks all connections off, and every one that is tried. */
  cut(): void {
    this.#cutAt = performance.now();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Waits until somebody has tried in vain, at least so long after the cut. */
  async hasRefused(afterMs = 0): Promise<void> {
    do {
      await new Promise<void>((resolve) => {
        this.#refused = resolve;
      });
    } while (performance.now() - (this.#cutAt ?? 0) < afterMs);
  }

  mend(): void {
    this.#cutAt = undefined;
  }

  #pass(client: Socket): void {
    if (this.#cutAt !== undefined) {
      client.destroy();
      this.#refused();
      return;
    }
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy()).on("close", () => this.#sockets.delete(from));
      from.pipe(to);
    }
  }

  async #close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** Someone on the way who changes replies. @returns the address to call in place of the server's */
export async function startForger(
  test: Finishing,
  target: string,
  forge: (body: string, path: string) => string,
): Promise<string> {
  const server = createHttpServer(async (incoming, reply) => {
    const { method, headers, url = "" } = incoming;
    const outgoing = request(new URL(url, target), { method, headers, agent: false });
    incoming.pipe(outgoing);
    const [answer] = await once(outgoing, "response");
    const chunks = (await Array.fromAsync(answer)) as Buffer[];
    const body = forge(Buffer.concat(chunks).toString(), url);
    reply.writeHead(answer.statusCode, { ...answer.headers, "content-length": Buffer.byteLength(body) }).end(body);
  });
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(target).pathname}`;
}
