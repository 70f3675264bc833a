import { fuzz } from "./fuzz.ts";
import { Invariants } from "./invariants.ts";
import { contextOf, firstImports, randomOperation } from "./operations.ts";

fuzz({
  title: "[STORE-1] [SEAT-2] SQLite behaves as the memory store",
  operations: 500,
  contextOf,
  begin: (random) => [firstImports(random)],
  operation: async (random, now) => randomOperation(random, now),
  isAlone: ({ name }) => /^(release all|unregister all|show)/.test(name),
  isLimit: ({ name }) => name.startsWith("import"),
  invariants: () => new Invariants(),
});
