import { countPools } from "../pools.ts";
import { FloatingRequest } from "./floating-request.ts";
import { Authorization, LicenseRequest, type LicenseRoute } from "./license-request.ts";
import type { Application, Load } from "./load.ts";
import type { PreparedRequest } from "./prepared-request.ts";
import { SignatureSample } from "./signature-sample.ts";

/** What a right reply looks like: its status, bytes that its body holds, and its signature where it has one. */
export interface Expected {
  readonly status: number;
  readonly body: Buffer;
  readonly signatures?: SignatureSample | undefined;
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

/** How seats are taken and given back on one of the two wire APIs. */
interface SeatRequests {
  take(): PreparedRequest;
  release(): PreparedRequest;
  readonly taken: Expected;
  readonly released: Expected;
  /** Who comes next, and to which pool: nobody twice, or as late as can be. */
  nextHolder(): { readonly holder: number; readonly pool: number };
}

export const REGISTER = "/api/v4/featureRegister";
export const RELEASE = "/api/v4/featureRelease";
export const CHECK_FEATURE: LicenseRoute = ["GET", "/api/v4/check_license_feature"];
export const RELEASE_FEATURE: LicenseRoute = ["POST", "/api/v4/floating/feature_release"];

const TAKEN: Expected = { status: 200, body: Buffer.from('"code":"') };
const RELEASED: Expected = { status: 200, body: Buffer.from('"feature_released"') };
const DENIED: Expected = { status: 400, body: Buffer.from('"floating_not_available"') };
const EMPTY_TEXT = Buffer.from('""');

/**
 * Above every holder that seats are filled with. It goes on from load to load: nobody comes twice, nor at two generators that
 * run at the same time.
 */
let lastUser = 100_000_000 + (process.pid % 800) * 1_000_000;
/** By port: how many devices have come so far, from load to load. */
const devicesSoFar = new Map<number, number>();

function floatingRequests({ port, pools }: Load): SeatRequests {
  const poolCount = countPools(pools);
  let turn = 0;
  return {
    take: () => new FloatingRequest(REGISTER, port),
    release: () => new FloatingRequest(RELEASE, port),
    taken: TAKEN,
    released: RELEASED,
    nextHolder: () => ({ holder: ++lastUser, pool: turn++ % poolCount }),
  };
}

function licenseRequests({ port, pools, seats }: Load, application: Application): SeatRequests {
  const poolCount = countPools(pools);
  const authorization = new Authorization(application);
  const signatures = new SignatureSample(application.publicKey);
  return {
    take: () => new LicenseRequest(CHECK_FEATURE, port, authorization),
    release: () => new LicenseRequest(RELEASE_FEATURE, port, authorization),
    taken: { ...TAKEN, signatures },
    released: { status: 200, body: EMPTY_TEXT, signatures },
    nextHolder() {
      const turn = devicesSoFar.get(port) ?? 0;
      devicesSoFar.set(port, turn + 1);
      return { holder: seats + (turn % (application.devices - seats)), pool: turn % poolCount };
    },
  };
}

/** Makes lanes that share the load's pools and holders among them. */
export function laneMaker(load: Load): () => Lane {
  const { pools, seats, application } = load;
  const requests = application === undefined ? floatingRequests(load) : licenseRequests(load, application);
  const { taken, released } = requests;
  const poolCount = countPools(pools);
  let turn = 0;

  const pairs = (): Lane => {
    const take = requests.take();
    const release = requests.release();
    const lane = {
      expected: released,
      mayStop: true,
      next() {
        lane.mayStop = !lane.mayStop;
        lane.expected = lane.mayStop ? released : taken;
        if (lane.mayStop) return release.bytes;
        const { holder, pool } = requests.nextHolder();
        release.fill(pools, pool, holder);
        return take.fill(pools, pool, holder);
      },
    };
    return lane;
  };

  const renewals = (): Lane => {
    const take = requests.take();
    const limit = "requests" in load.until ? load.until.requests : Number.POSITIVE_INFINITY;
    return {
      expected: taken,
      mayStop: true,
      next() {
        if (turn >= limit) return undefined;
        const holder = turn % seats;
        turn += 1;
        return take.fill(pools, holder % poolCount, holder);
      },
    };
  };

  const denials = (): Lane => {
    const take = requests.take();
    return {
      expected: DENIED,
      mayStop: true,
      next: () => take.fill(pools, 0, requests.nextHolder().holder),
    };
  };

  return { pairs, renewals, denials }[load.kind];
}
