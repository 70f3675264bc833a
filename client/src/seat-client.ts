import { type ConsumeOptions, type Consumption, ConsumptionQueue, type PendingStore } from "./consumption.ts";
import { DeniedError, isPassing, type SeatkeeperError } from "./errors.ts";
import { Emitter } from "./events.ts";
import type { Host } from "./host.ts";
import { asyncDispose, Seat } from "./seat.ts";
import type { SeatEvents } from "./seat-events.ts";
import { type SeatCalls, SeatKeeper } from "./seat-keeper.ts";
import { backoffMs, type Duration, monotonic, pause, toMs } from "./time.ts";
import { type CallOptions, Transport, type TransportOptions } from "./transport.ts";

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

const LONGEST_POLL_MS = 5_000;

/** Checks seats out, keeps them and gives them back: the same for both APIs, whose calls a subclass has. */
export abstract class SeatClient extends Emitter<ClientEvents> {
  protected readonly transport: Transport;
  protected readonly options: SeatClientOptions;
  readonly #host: Host;
  readonly #keepers = new Map<string | undefined, SeatKeeper>();
  readonly #seats = new Set<Seat>();
  readonly #consumption: ConsumptionQueue;

  constructor(options: SeatClientOptions, host: Host) {
    super();
    this.transport = new Transport(options);
    this.options = options;
    this.#host = options.releasesOnExit === false ? {} : host;
    this.#consumption = new ConsumptionQueue({
      send: (consumption) =>
        this.transport.repeat((effort) => this.sendConsumption(consumption, effort), { retries: 1 }),
      refused: (consumption, error) => this.emit("refused", { consumption, error }),
      store: options.pending,
    });
  }

  /** How this API takes and gives back a seat of the feature, or of the license. */
  protected abstract seatCalls(feature: string | undefined): SeatCalls;

  /** Tells the server once. @returns its count */
  protected abstract sendConsumption(consumption: Consumption, options: CallOptions): Promise<number>;

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
    const keeper = new SeatKeeper(feature, this.seatCalls(feature), this.#host);
    for (const name of ["renewed", "lost", "denied", "expired"] as const) {
      keeper.on(name, (event) => this.emit(name, event as never));
    }
    this.#keepers.set(feature, keeper);
    return keeper;
  }

  #handOut(keeper: SeatKeeper): Seat {
    const seat = new Seat(keeper, () => this.#seats.delete(seat));
    this.#seats.add(seat);
    return seat;
  }
}
