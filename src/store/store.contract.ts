import { describe } from "node:test";
import { TestClock } from "../../test/support/test-clock.ts";
import { describeDecisions } from "./contract/decisions.contract.ts";
import { describeDevices } from "./contract/devices.contract.ts";
import { describeEvents } from "./contract/events.contract.ts";
import { describeExpiry } from "./contract/expiry.contract.ts";
import { describeHolds } from "./contract/holds.contract.ts";
import { describeNames } from "./contract/names.contract.ts";
import { describeReading } from "./contract/reading.contract.ts";
import { describeRecords } from "./contract/records.contract.ts";
import { describeRemoval } from "./contract/removal.contract.ts";
import { describeSeveralLicenses } from "./contract/several-licenses.contract.ts";
import type { StartStore } from "./contract/start-store.ts";
import { describeTime } from "./contract/time.contract.ts";
import { describeUsage } from "./contract/usage.contract.ts";
import { describeViews } from "./contract/views.contract.ts";
import type { Clock } from "./decision-time.ts";
import type { Store } from "./store.ts";

/** What every store does, tried on one. @param open makes an empty store */
export function describeStore(name: string, open: (clock: Clock) => Store | Promise<Store>): void {
  const start: StartStore = async (test) => {
    const clock = new TestClock();
    const store = await open(clock);
    test.after(() => store.close());
    return { store, clock };
  };
  describe(name, () => {
    describeDecisions(start);
    describeViews(start);
    describeExpiry(start);
    describeReading(start);
    describeEvents(start);
    describeTime(start);
    describeNames(start);
    describeSeveralLicenses(start);
    describeDevices(start);
    describeRecords(start);
    describeHolds(start);
    describeRemoval(start);
    describeUsage(start);
  });
}
