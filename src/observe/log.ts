import pino, { type Logger } from "pino";
import pretty from "pino-pretty";

/** Headers carry tokens and passwords, so none is logged. One JSON object a line on standard error; readable text where that is a terminal. */
export function createLog(level: string): Logger {
  const options = { level, base: null, redact: { paths: ["*.headers"], remove: true } };
  if (process.stderr.isTTY) return pino(options, pretty({ destination: 2, sync: true, translateTime: "SYS:HH:MM:ss" }));
  return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
}
