import { BlockList } from "node:net";
import type { FastifyRequest } from "fastify";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** From this machine, and not through a proxy that runs on it. */
export function isLocal(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? "";
  const isProxied = request.headers["x-forwarded-for"] !== undefined || request.headers.forwarded !== undefined;
  return (
    !isProxied &&
    loopback.check(
      address.replace(/^::ffff:/, ""),
      address.includes(":") && !address.startsWith("::ffff:") ? "ipv6" : "ipv4",
    )
  );
}
