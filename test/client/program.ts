// An application that holds a seat: `program.ts <url> <product> <user> [goes-on]`. It says when it has the seat, and ends
// by itself once its standard input does; it goes on for ever without one to end.
import { FloatingClient } from "../../client/src/index.ts";

const [, , url = "", product = "", user = "", how] = process.argv;
const client = new FloatingClient({ url, product, user });
const seat = await client.checkOut("render");
process.stdout.write(`${seat.inUse} of ${seat.capacity}\n`);
if (how === "listens") process.on("SIGTERM", () => process.stdin.destroy());
process.stdin.resume();
