import { countPools } from "../pools.ts";
import type { Load } from "./load.ts";
import { PreparedRequest } from "./request.ts";

/** What a right reply looks like: its status, and bytes that its body holds. */
export interface Expected {
  readonly status: number;
  readonly body: Buffer;
}

/** What one connection sends, one request after another. */
export interface Lane {
  /** The next request, valid until the next call; undefined when there is none left. */
  next(): Buffer | undefined;
  /** What the reply to it must be. */
  readonly expected: Expected;
  /** Whether a stop after its reply leaves nothing behind that must be released. */
  readonly mayStop: boolean;
}

export const REGISTER = "/api/v4/featureRegister";
export const RELEASE = "/api/v4/featureRelease";

const REGISTERED: Expected = { status: 200, body: Buffer.from('"code":"') };
const RELEASED: Expected = { status: 200, body: Buffer.from('"feature_released"') };
const DENIED: Expected = { status: 400, body: Buffer.from('"floating_not_available"') };

/** Above every holder that seats are filled with. It goes on from load to load: nobody comes twice. */
let newHolder = 100_000_000;

/** Makes lanes that share the load's pools and holders among them. */
export function laneMaker(load: Load): () => Lane {
  const { port, pools, seats } = load;
  const poolCount = countPools(pools);
  let turn = 0;

  const pairs = (): Lane => {
    const register = new PreparedRequest(REGISTER, port);
    const release = new PreparedRequest(RELEASE, port);
    const lane = {
      expected: RELEASED,
      mayStop: true,
      next() {
        lane.mayStop = !lane.mayStop;
        lane.expected = lane.mayStop ? RELEASED : REGISTERED;
        if (lane.mayStop) return release.bytes;
        const pool = turn % poolCount;
        turn += 1;
        newHolder += 1;
        release.fill(pools, pool, newHolder);
        return register.fill(pools, pool, newHolder);
      },
    };
    return lane;
  };

  const renewals = (): Lane => {
    const register = new PreparedRequest(REGISTER, port);
    const limit = "requests" in load.until ? load.until.requests : Number.POSITIVE_INFINITY;
    return {
      expected: REGISTERED,
      mayStop: true,
      next() {
        if (turn >= limit) return undefined;
        const holder = turn % seats;
        turn += 1;
        return register.fill(pools, holder % poolCount, holder);
      },
    };
  };

  const denials = (): Lane => {
    const register = new PreparedRequest(REGISTER, port);
    return {
      expected: DENIED,
      mayStop: true,
      next() {
        newHolder += 1;
        return register.fill(pools, 0, newHolder);
      },
    };
  };

  return { pairs, renewals, denials }[load.kind];
}
