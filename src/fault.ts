/** What can go wrong that is nobody's request's fault. */
export type FaultCode =
  | "store_unavailable"
  | "internal_error"
  | "data_folder_in_use"
  | "database_too_new"
  | "config_invalid";

/** Something that should not have happened. Its detail and cause go to the log, never to a wire. */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Fault";
    this.code = code;
  }
}
