import pino, { type Logger } from "pino";
import pretty from "pino-pretty";

/** One JSON object a line on standard error; readable text where that is a terminal. */
export function createLog(level: string): Logger {
  const options = { level, base: null, redact: ["req.headers.authorization"] };
  if (process.stderr.isTTY) return pino(options, pretty({ destination: 2, sync: true, translateTime: "SYS:HH:MM:ss" }));
  return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
}
