import { Readable } from "node:stream";
import { visible } from "./visible.ts";

/** Prints live events as they come, one on a line, until the server or the user ends it. */
export async function printEvents({ body }: Response, isJson: boolean): Promise<void> {
  if (body === null) return;
  let rest = "";
  for await (const chunk of Readable.fromWeb(body as never).setEncoding("utf8")) {
    const messages = (rest + chunk).split(/\r?\n\r?\n/);
    rest = messages.pop() ?? "";
    for (const message of messages) printMessage(message, isJson);
  }
}

function printMessage(message: string, isJson: boolean): void {
  const lines = message.split(/\r?\n/);
  const of = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
  const data = of("data").join("\n");
  if (data === "") return;
  process.stdout.write(isJson ? `${data}\n` : `${visible([...of("event"), data].join("  "))}\n`);
}
