import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { RequestRefusal } from "./request-refusal.ts";

/**
 * Keeps hostile web pages out: a page may get a browser to send requests here, under a name that it owns
 * (DNS rebinding) or from its own origin. [GUARD-1] [GUARD-2]
 */
export class WebGuard {
  readonly #names: ReadonlySet<string>;
  /** Most requests name the same host. */
  #lastKnown: string | undefined;

  readonly #setting: string;
  readonly #ownOrigin: string | undefined;

  /**
   * @param allowedHosts names this server is known by, beside IP addresses and `localhost`
   * @param setting where a name is added, as the refusal tells
   * @param ownOrigin of this server's own pages, where a proxy gives it another host
   */
  constructor(allowedHosts: readonly string[], setting = "floating-server.allowed-hosts", ownOrigin?: string) {
    this.#setting = setting;
    this.#ownOrigin = ownOrigin;
    this.#names = new Set(["localhost", ...allowedHosts].map((name) => name.toLowerCase()));
  }

  /** @throws RequestRefusal `forbidden`, or `bad_request` without a host where HTTP asks for one */
  checkHost({ headers: { host }, httpVersion }: IncomingMessage): void {
    if (host === undefined) {
      if (httpVersion !== "1.0") throw new RequestRefusal("bad_request", "the Host header is missing");
    } else if (host !== this.#lastKnown) {
      if (this.#isKnown(host)) {
        this.#lastKnown = host;
        return;
      }
      throw new RequestRefusal("forbidden", `this server is not known as ${host}: see ${this.#setting}`);
    }
  }

  /** For requests that change something. @throws RequestRefusal `forbidden` */
  checkOrigin(headers: IncomingHttpHeaders): void {
    if (headers["sec-fetch-site"] === "cross-site") throw new RequestRefusal("forbidden", "cross-site request");
    for (const source of [headers.origin, headers.referer]) {
      if (source !== undefined && !this.#isOwn(source, headers.host)) {
        throw new RequestRefusal("forbidden", "request from a foreign origin");
      }
    }
  }

  #isOwn(source: string, host: string | undefined): boolean {
    const url = URL.canParse(source) ? new URL(source) : undefined;
    if (url === undefined) return false;
    return (host !== undefined && url.host === host.toLowerCase()) || url.origin === this.#ownOrigin;
  }

  #isKnown(host: string): boolean {
    const name = host.replace(/:\d*$/, "").toLowerCase();
    return this.#names.has(name) || isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  }
}
