// The load generator: a process of its own, so that it shares nothing with the server but the machine. Takes one
// `Load` at a time from the process that started it, and ends with it.
import type { Load, LoadReply } from "./load.ts";
import { runLoad } from "./run-load.ts";

process.on("message", (load: Load) => {
  runLoad(load).then(
    (result) => answer({ result }),
    (error: Error) => answer({ error: error.message }),
  );
});
process.once("disconnect", () => process.exit());

function answer(reply: LoadReply): void {
  process.send?.(reply);
}
