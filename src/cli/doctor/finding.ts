/** What one check of `seatkeeper doctor` has found. */
export interface Finding {
  readonly check: "settings" | "data_folder" | "database" | "key_file" | "port" | "clock" | "server" | "token";
  /** `skipped`: there is nothing to check. */
  readonly result: "ok" | "bad" | "skipped";
  /** What was found. */
  readonly found: string;
  /** What to do about it; null where it is in order. */
  readonly advice: string | null;
}

type Check = Finding["check"];

export function ok(check: Check, found: string): Finding {
  return { check, result: "ok", found, advice: null };
}

export function bad(check: Check, found: string, advice: string): Finding {
  return { check, result: "bad", found, advice };
}

export function skipped(check: Check, found: string): Finding {
  return { check, result: "skipped", found, advice: null };
}
