const SIGNALS = ["SIGTERM", "SIGINT"] as const;
const acts = new Set<() => Promise<void>>();

/**
 * Has something done at SIGTERM, at SIGINT, and when the program has nothing left to do. A signal ends the program then,
 * as it would have without this, unless the program listens to it itself. [CLIENT-4]
 *
 * @returns what takes that back
 */
export function onExit(act: () => Promise<void>): () => void {
  if (acts.size === 0) listen();
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size === 0) stopListening();
  };
}

// One listener for all seats of a program: Node warns of more than ten.
function listen(): void {
  for (const signal of SIGNALS) process.on(signal, atSignal);
  process.on("beforeExit", doAll);
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, atSignal);
  process.off("beforeExit", doAll);
}

async function atSignal(signal: NodeJS.Signals): Promise<void> {
  const isOnlyListener = process.listenerCount(signal) === 1;
  await doAll();
  stopListening();
  if (isOnlyListener) process.kill(process.pid, signal);
}

async function doAll(): Promise<void> {
  await Promise.allSettled([...acts].map((act) => act()));
}
