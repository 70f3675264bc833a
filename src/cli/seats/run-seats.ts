import { type ConnectionFlags, type ManagementClient, openClient } from "../management/api-client.ts";
import { type PoolItem, type PoolWithHolders, type SeatItem, showPools, withHolders } from "./pool-table.ts";
import { watch } from "./watch.ts";

export interface SeatsFlags extends ConnectionFlags {
  readonly product?: string;
  readonly feature?: string;
  readonly watch: boolean;
  readonly json: boolean;
}

/** Shows pools and holders once, or until Ctrl-C. @throws CommandFailure */
export async function runSeats(flags: SeatsFlags): Promise<void> {
  const client = openClient(flags);
  const draw = async (isFirst: boolean) => show(await load(client, flags), flags, isFirst);
  if (!flags.watch) return draw(true);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
  let isFirst = true;
  await watch(
    client,
    async () => {
      await draw(isFirst);
      isFirst = false;
    },
    stop.signal,
  );
}

async function load(client: ManagementClient, { product, feature }: SeatsFlags): Promise<PoolWithHolders[]> {
  const query = { product, feature };
  const [pools, taken] = await Promise.all([
    Array.fromAsync(client.list("/pools", query)),
    Array.fromAsync(client.list("/seats", query)),
  ]);
  return withHolders(pools as unknown as PoolItem[], taken as unknown as SeatItem[]);
}

function show(pools: readonly PoolWithHolders[], flags: SeatsFlags, isFirst: boolean): void {
  const { stdout } = process;
  if (flags.json) {
    stdout.write(`${JSON.stringify({ pools }, null, flags.watch ? undefined : 2)}\n`);
    return;
  }
  const shown = showPools(pools, Date.now());
  if (!flags.watch) stdout.write(shown);
  else if (stdout.isTTY) stdout.write(`\u001b[H\u001b[2J${shown}\nEnd with Ctrl-C.\n`);
  else stdout.write(isFirst ? shown : `\n${shown}`);
}
