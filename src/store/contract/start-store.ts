import type { TestContext } from "node:test";
import type { TestClock } from "../../../test/support/test-clock.ts";
import type { Store } from "../store.ts";

/** Gives a test an empty store and the clock it goes by; the store is closed when the test is over. */
export type StartStore = (test: TestContext) => Promise<{ readonly store: Store; readonly clock: TestClock }>;
