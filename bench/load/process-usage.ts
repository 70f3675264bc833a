import { readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second, on every architecture that Node runs on. */
const TICK_US = 10_000;

/** Processor time of a process with all its threads, in microseconds; null where there is no /proc. */
export function cpuUs(pid: number): number | null {
  const stat = readProc(pid, "stat");
  if (stat === undefined) return null;
  // The second field is the program's name in brackets, which may hold spaces: fields are counted after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/** The highest resident memory of a process so far, in MiB; null where there is no /proc. */
export function peakRssMb(pid: number): number | null {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, "status") ?? "")?.[1];
  return kib === undefined ? null : Number(kib) / 1_024;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
