import { type ConsumeOptions, type Consumption, ConsumptionQueue, type PendingStore } from "./consumption.ts";
import { DeniedError, isFinal, isPassing, type SeatkeeperError } from "./errors.ts";
import { Emitter } from "./events.ts";
import type { Host } from "./host.ts";
import { asyncDispose, Seat } from "./seat.ts";
import type { Confirmation, SeatEvents } from "./seat-events.ts";
import { type SeatCalls, SeatKeeper } from "./seat-keeper.ts";
import { backoffMs, type Duration, monotonic, pause, toMs } from "./time.ts";
import {
  type Answer,
  type CallOptions,
  clockOffsetMs,
  type Effort,
  type Request,
  Transport,
  type TransportOptions,
} from "./transport.ts";

/** What clients of both APIs have in common. */
export interface SeatClientOptions extends TransportOptions {
  /** Code of the product. */
  readonly product: string;
  /** Which of several licenses of the product. */
  readonly licenseId?: number;
  /** Version of the application; shown to admins. */
  readonly appVersion?: string;
  /** False leaves seats alone when the program gets SIGTERM or SIGINT, or has nothing left to do. */
  readonly releasesOnExit?: boolean;
  /** Where consumption that could not be sent yet is kept over a restart; in memory unless said otherwise. */
  readonly pending?: PendingStore;
}

export interface CheckOutOptions extends CallOptions {
  /** How long to wait for a seat that is taken, or a server that is away; not at all unless said otherwise. */
  readonly wait?: Duration;
}

/** What is told about all seats and all consumption of a client. */
export interface ClientEvents extends SeatEvents {
  /** Consumption that was kept for later was refused then. It is not sent again. */
  refused: { readonly consumption: Consumption; readonly error: SeatkeeperError };
}

/** One call of an API. */
export interface Call {
  readonly method: Request["method"];
  readonly path: string;
  /** Beside what every call of the API has. */
  readonly fields?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly content: unknown;
  readonly answer: Answer;
}

/** How an API calls what is done with a seat. */
export interface SeatRoutes {
  /** Takes or renews it. */
  readonly take: Call;
  readonly borrow: string;
  readonly release: string;
}

/** What both APIs tell of a seat that was taken. */
export interface TakenSeat {
  /** Whether it floats on this API's side. */
  readonly floats: boolean;
  readonly floating_timeout: number;
  readonly floating_in_use_devices?: number;
  readonly floating_users?: number;
  readonly borrowed_until?: string | null;
  readonly max_borrow_time: number;
}

/** What a release is refused with where there is nothing to release. */
const NOT_HELD = /_not_in_use$|_not_floating$|^device_not_found$/;
const LONGEST_POLL_MS = 5_000;
const BASE_PATH = "api/v4/";
const MINUTE_MS = 60_000;
/** How often that is checked which floats nowhere, and so has no timeout. */
const CHECK_MINUTES = 15;

/** Checks seats out, keeps them and gives them back: the same for both APIs, whose calls a subclass has. */
export abstract class SeatClient extends Emitter<ClientEvents> {
  protected readonly transport: Transport;
  readonly #host: Host;
  readonly #keepers = new Map<string | undefined, SeatKeeper>();
  readonly #seats = new Set<Seat>();
  readonly #consumption: ConsumptionQueue;

  constructor(options: SeatClientOptions, host: Host) {
    super();
    this.transport = new Transport({ ...options, url: apiUrl(options.url) });
    this.#host = options.releasesOnExit === false ? {} : host;
    this.#consumption = new ConsumptionQueue({
      send: (consumption) => this.#count(consumption),
      refused: (consumption, error) => this.emit("refused", { consumption, error }),
      store: options.pending,
    });
  }

  /** Calls the API once. */
  protected abstract call(call: Call, effort: Effort): Promise<Reply>;

  /** How this API calls what is done with a seat of the feature, or of the license. */
  protected abstract seatRoutes(feature: string | undefined): SeatRoutes;

  /** What the API told of a seat, once it is known to be about that. */
  protected abstract readTaken(content: unknown, feature: string | undefined): TakenSeat;

  /** Calls the API until it answers, or long enough. */
  protected repeat(call: Call, effort: Effort): Promise<Reply> {
    return this.transport.repeat((each) => this.call(call, each), effort);
  }

  /**
   * Takes a seat and keeps it until it is released: `await using seat = await client.checkOut("render")`. Checked out
   * twice, it is the same seat, and given back with the last of the two.
   *
   * @param feature its code; left out, a seat of the license itself
   * @throws DeniedError where all seats are taken, once `wait` is over; RefusedError, UnreachableError
   */
  async checkOut(feature?: string, { wait = 0, signal }: CheckOutOptions = {}): Promise<Seat> {
    const until = monotonic() + toMs(wait);
    const keeper = this.#keeperOf(feature);
    for (let denials = 0; ; denials += 1) {
      try {
        await keeper.open(signal);
        return this.#handOut(keeper);
      } catch (error) {
        const isDenied = error instanceof DeniedError;
        if (isDenied) this.emit("denied", { feature, retryAfterMs: error.retryAfterMs });
        const leftMs = until - monotonic();
        if (leftMs <= 0 || !(isDenied || isPassing(error))) throw error;
        // Seats come back earlier than the server knows, by a release.
        const pollMs = Math.min(
          backoffMs(denials, LONGEST_POLL_MS),
          (error as SeatkeeperError).retryAfterMs ?? LONGEST_POLL_MS,
        );
        await pause(Math.min(pollMs, leftMs), signal);
      }
    }
  }

  /**
   * Says what was used. Where no server is reached it is kept and sent later, once. [CLIENT-7]
   *
   * @param amount negative gives back
   * @returns the server's count, or undefined where it is kept for later
   * @throws RefusedError where the server does not count it; then it is not kept
   */
  consume(amount = 1, options: ConsumeOptions = {}): Promise<number | undefined> {
    return this.#consumption.add(amount, options);
  }

  /** Sends what is kept. @returns how many are kept still */
  flush(): Promise<number> {
    return this.#consumption.flush();
  }

  /** Gives all seats back that are not borrowed, and sends once more what is kept of consumption. */
  async [asyncDispose](): Promise<void> {
    await Promise.all([...this.#seats].map((seat) => seat[asyncDispose]()));
    await this.#consumption.close();
  }

  #keeperOf(feature: string | undefined): SeatKeeper {
    const known = this.#keepers.get(feature);
    if (known !== undefined) return known;
    const keeper = new SeatKeeper(feature, this.#seatCalls(feature), this.#host);
    for (const name of ["renewed", "lost", "denied", "expired"] as const) {
      keeper.on(name, (event) => this.emit(name, event as never));
    }
    this.#keepers.set(feature, keeper);
    return keeper;
  }

  #seatCalls(feature: string | undefined): SeatCalls {
    const { take: check, borrow: borrowPath, release } = this.seatRoutes(feature);
    const fields = { feature };
    const take = async (effort: Effort) => {
      const { content, answer } = await this.repeat({ ...check, fields }, effort);
      return toConfirmation(this.readTaken(content, feature), answer);
    };
    return {
      take,
      borrow: async (until, effort) => {
        const now = await take(effort);
        const end = until ?? new Date(Date.now() + now.clockOffsetMs + now.longestBorrowMs);
        const call = { method: "POST", path: borrowPath, fields: { feature, borrowed_until: end } } as const;
        const { content } = await this.repeat(call, effort);
        return { ...now, borrowedUntil: dateOf((content as TakenSeat).borrowed_until) };
      },
      giveBack: async (effort) => {
        try {
          await this.repeat({ method: "POST", path: release, fields }, effort);
        } catch (error) {
          if (!(isFinal(error) && NOT_HELD.test(error.code))) throw error;
        }
      },
    };
  }

  async #count({ key, amount, feature }: Consumption): Promise<number> {
    const path = `add_${feature === undefined ? "" : "feature_"}consumption`;
    const fields = { feature, consumptions: amount };
    const call = { method: "POST", path, fields, headers: { "idempotency-key": key } } as const;
    const { content } = await this.repeat(call, { retries: 1 });
    return (content as { total_consumptions: number }).total_consumptions;
  }

  #handOut(keeper: SeatKeeper): Seat {
    const seat = new Seat(keeper, () => this.#seats.delete(seat));
    this.#seats.add(seat);
    return seat;
  }
}

function toConfirmation(
  seat: TakenSeat,
  { askedAt, headers }: Answer,
): Confirmation & { readonly longestBorrowMs: number } {
  return {
    askedAt,
    timeoutMs: (seat.floats ? seat.floating_timeout : CHECK_MINUTES) * MINUTE_MS,
    inUse: seat.floats ? seat.floating_in_use_devices : undefined,
    capacity: seat.floats ? seat.floating_users : undefined,
    borrowedUntil: dateOf(seat.borrowed_until),
    longestBorrowMs: seat.max_borrow_time * 60 * MINUTE_MS,
    clockOffsetMs: clockOffsetMs(headers),
  };
}

function dateOf(text: string | null | undefined): Date | undefined {
  return text ? new Date(text) : undefined;
}

/** Both forms are in use: with the path of the API, and without. */
function apiUrl(url: string | URL): URL {
  const base = new URL(url);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base.pathname.endsWith(`/${BASE_PATH}`) ? base : new URL(BASE_PATH, base);
}
