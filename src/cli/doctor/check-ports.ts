import { once } from "node:events";
import { createServer } from "node:net";
import type { Config } from "../../config/options.ts";
import type { Side } from "../../management/operation.ts";
import { bad, type Finding, ok, skipped } from "./finding.ts";

/** Whether what the sides listen on is free, or theirs. @param running sides that run now */
export function checkPorts(config: Config, sides: readonly Side[], running: readonly Side[]): Promise<Finding[]> {
  const ports = [
    { setting: "license-api", side: "vendor" },
    { setting: "floating-server", side: "floating" },
    { setting: "management", side: undefined },
  ] as const;
  return Promise.all(
    ports
      .filter(({ side }) => side === undefined || sides.includes(side))
      .map(({ setting, side }) => {
        const isOurs = side === undefined ? running.length > 0 : running.includes(side);
        return checkPort(setting, config[`${setting}.host`], config[`${setting}.port`], isOurs);
      }),
  );
}

async function checkPort(setting: string, host: string, port: number, isOurs: boolean): Promise<Finding> {
  if (port === 0) return skipped("port", `${setting}.port is 0: any free one is taken`);
  const server = createServer();
  const listening = once(server, "listening");
  server.listen({ host, port, exclusive: true });
  try {
    await listening;
    server.close();
    return ok("port", `${setting}.port ${port} is free on ${host}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" && isOurs) return ok("port", `${setting}.port ${port} is taken, by the server that runs`);
    if (code === "EADDRINUSE") {
      const found = `${setting}.port ${port} on ${host} is taken by another program`;
      return bad("port", found, `end that program, or choose another port by --${setting}.port`);
    }
    const advice = `choose another --${setting}.port or --${setting}.host; 127.0.0.1 always works`;
    return bad("port", `nothing can listen on ${setting}.port ${port} of ${host}: ${message}`, advice);
  }
}
