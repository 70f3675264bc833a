import { describeStore } from "../store.contract.ts";
import { MemoryStore } from "./memory-store.ts";

describeStore("memory store", (clock) => new MemoryStore(clock));
