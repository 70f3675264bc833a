// Builds the web UI into dist, each file compressed beside it: the server sends those as they are.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const SMALLEST = 1_024;

const root = fileURLToPath(new URL(".", import.meta.url));
await build({ root, logLevel: "warn", build: { emptyOutDir: true } });
const dist = join(root, "dist");
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const content = readFileSync(join(dist, name));
  if (content.length < SMALLEST) continue;
  writeFileSync(
    join(dist, `${name}.br`),
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  );
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
}
