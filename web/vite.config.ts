import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// biome-ignore lint/style/noDefaultExport: Vite reads it
export default defineConfig({
  plugins: [react()],
  // Served by the management listener, which allows no inline script and no data: URL but those of images.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/manage": process.env["SEATKEEPER_URL"] ?? "http://127.0.0.1:8090" } },
});
