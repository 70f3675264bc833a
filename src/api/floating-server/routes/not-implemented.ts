// GET or POST /api/v4/addProduct, removeProduct and setKeys, POST /api/v4/airgap/generate and airgap/license:
// not in this version, so they say so.
import Type from "typebox";
import { defineRoute } from "../../http/route.ts";

const laterRoutes = [
  { name: "addProduct", path: "/api/v4/addProduct", methods: ["GET", "POST"] },
  { name: "removeProduct", path: "/api/v4/removeProduct", methods: ["GET", "POST"] },
  { name: "setKeys", path: "/api/v4/setKeys", methods: ["GET", "POST"] },
  { name: "airgapGenerate", path: "/api/v4/airgap/generate", methods: ["POST"] },
  { name: "airgapLicense", path: "/api/v4/airgap/license", methods: ["POST"] },
] as const;

export function notImplemented() {
  return laterRoutes.map(({ name, path, methods }) =>
    defineRoute({
      name,
      summary: "Not available in this version",
      section: "Not in this version",
      methods,
      paths: [path],
      isUpload: false,
      reply: Type.Unknown(),
      refuses: ["not_implemented"],
      access: { role: "admin", isLocal: true },
      changes: true,
      handle: () => ({ refused: "not_implemented" }),
    }),
  );
}
