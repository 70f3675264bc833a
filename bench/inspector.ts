import { once } from "node:events";
import { createServer } from "node:net";

/** The parts of a `.cpuprofile` that are read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A port nobody listens on, and the flags that make Node's inspector listen there. */
export async function inspectorFlags(): Promise<{ port: number; flags: readonly string[] }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  server.close();
  return { port, flags: [`--inspect=127.0.0.1:${port}`, "--inspect-publish-uid=http"] };
}

/**
 * Profiles the main thread of a process, over its inspector, while `work` runs. (`--cpu-prof` is of no use: the
 * server replaces its own process when it starts, and a profiler's pending signal would kill the new one.)
 */
export async function profileWhile(port: number, work: () => Promise<void>): Promise<CpuProfile> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as [
    { webSocketDebuggerUrl: string },
  ];
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, "open");
  let sent = 0;
  const call = async (method: string) => {
    sent += 1;
    socket.send(JSON.stringify({ id: sent, method }));
    const [event] = (await once(socket, "message")) as [{ data: string }];
    return (JSON.parse(event.data) as { result: { profile: CpuProfile } }).result;
  };
  try {
    await call("Profiler.enable");
    await call("Profiler.start");
    await work();
    return (await call("Profiler.stop")).profile;
  } finally {
    socket.close();
  }
}
