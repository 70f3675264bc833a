export type { ConsumeOptions, Consumption, PendingStore } from "./consumption.ts";
export {
  type ClientCode,
  DeniedError,
  type ErrorCode,
  RefusedError,
  SeatkeeperError,
  UnreachableError,
  UntrustedReplyError,
} from "./errors.ts";
export type { Seat } from "./seat.ts";
export type { CheckOutOptions, ClientEvents, SeatClientOptions } from "./seat-client.ts";
export type { SeatEvents } from "./seat-events.ts";
export type { Duration } from "./time.ts";
export type { CallOptions, TransportOptions } from "./transport.ts";
