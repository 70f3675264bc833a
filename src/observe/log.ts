import pino, { type Logger } from "pino";

/** Headers carry tokens and passwords, so none is logged. One JSON object a line on standard error; readable text where that is a terminal. */
export async function createLog(level: string): Promise<Logger> {
  const options = { level, base: null, redact: { paths: ["*.headers"], remove: true } };
  if (process.stderr.isTTY) {
    const { default: pretty } = await import("pino-pretty");
    return pino(options, pretty({ destination: 2, sync: true, translateTime: "SYS:HH:MM:ss" }));
  }
  return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));
}
