// What a check-out is measured against: node:http alone, reading and parsing the same requests and answering as
// many bytes. Its argument is a JSON object of the reply's text by path.
import { createServer } from "node:http";

const replies = new Map(Object.entries(JSON.parse(process.argv[2] ?? "{}") as Record<string, string>));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const [first = Buffer.alloc(0)] = chunks;
    JSON.parse((chunks.length > 1 ? Buffer.concat(chunks) : first).toString());
    const reply = replies.get(request.url ?? "") ?? "";
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(reply) });
    response.end(reply);
  });
});

process.once("SIGTERM", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`Echo  http://127.0.0.1:${address.port}\n`);
});
