// What check-outs are measured against: node:http alone, reading and parsing the same requests and answering as many
// bytes. Its argument is a JSON object of the replies by path.
import { createServer, type OutgoingHttpHeaders } from "node:http";
import { parse } from "node:querystring";
import type { SampleReplies } from "./sample-replies.ts";

interface Reply {
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

const replies = new Map<string, Reply>();
for (const [path, { body, signature }] of Object.entries(JSON.parse(process.argv[2] ?? "{}") as SampleReplies)) {
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  replies.set(path, { body, headers: signature === undefined ? headers : { ...headers, licensesignature: signature } });
}
const NO_REPLY: Reply = { headers: { "content-length": 0 }, body: "" };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const [path = "", query] = (request.url ?? "").split("?", 2);
    if (query !== undefined) parse(query);
    const [first] = chunks;
    if (first !== undefined) JSON.parse((chunks.length > 1 ? Buffer.concat(chunks) : first).toString());
    const { headers, body } = replies.get(path) ?? NO_REPLY;
    response.writeHead(200, headers);
    response.end(body);
  });
});

process.once("SIGTERM", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`Echo  http://127.0.0.1:${address.port}\n`);
});
