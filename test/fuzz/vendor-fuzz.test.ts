import { fuzz } from "./fuzz.ts";
import { VendorInvariants } from "./vendor-invariants.ts";
import { contextOf, firstOrders, randomOperation } from "./vendor-operations.ts";

fuzz({
  title: "[STORE-1] [DEV-1] [SEAT-8] a vendor's devices race for activations and seats",
  operations: 300,
  contextOf,
  begin: firstOrders,
  operation: randomOperation,
  isAlone: ({ name }) => name.startsWith("change"),
  isLimit: ({ name }) => /^(issue|assign)/.test(name),
  invariants: () => new VendorInvariants(),
});
