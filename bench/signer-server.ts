// What check-outs on the License API are measured against: node:http alone, which answers the same requests with as
// many bytes, and signs every reply in the thread pool. It parses nothing and keeps no signature. Its arguments are a
// JSON object of the replies by path, and a PEM file with the private key.
import { createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { SampleReply } from "./sample-replies.ts";

const replies: Readonly<Record<string, SampleReply>> = JSON.parse(process.argv[2] ?? "{}");
const privateKey = createPrivateKey(readFileSync(process.argv[3] ?? "", "utf8"));

const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const body = Buffer.from(replies[path]?.body ?? "");
    sign("sha256", body, privateKey, (error, signature) => {
      if (error !== null) throw error;
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": body.length,
        licensesignature: signature.toString("base64"),
      });
      response.end(body);
    });
  });
});

process.once("SIGTERM", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") {
    process.stdout.write(`Signer  http://127.0.0.1:${address.port}\n`);
  }
});
