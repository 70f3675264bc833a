// A node of its own process: as many clients as are asked for take seats of one pool and give them back, until it is told to
// stop by the end of its input. It says a line for each seat that was answered.
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { giveBack, takeOneOfTen } from "../support/pool-of-ten.ts";

const [url = "", name = "", clients = "1"] = process.argv.slice(2);
const store = await openPostgresStore(url);
let isOver = false;
process.stdin.on("end", () => {
  isOver = true;
});
process.stdin.resume();
process.stdout.write("ready\n");

async function use(holder: string): Promise<void> {
  while (!isOver) {
    try {
      const seat = await takeOneOfTen(store, holder);
      if (seat === undefined) continue;
      process.stdout.write(`granted ${holder}\n`);
      await giveBack(store, seat);
      process.stdout.write(`ended ${holder}\n`);
    } catch (error) {
      process.stdout.write(`fault ${(error as { code?: string }).code}\n`);
    }
  }
}

await Promise.all(Array.from({ length: Number(clients) }, (_, at) => use(`${name}-${at}`)));
await store.close();
