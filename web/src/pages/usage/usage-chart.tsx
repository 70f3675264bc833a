import "uplot/dist/uPlot.min.css";
import { Box, useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import type { UsageSpanObject } from "../../../../schemas/management.d.ts";
import { inFull } from "../../parts/times.tsx";
import { shortNumber } from "./short-number.ts";

const HEIGHT = 300;

/** Most and mean seats in use against the seats there are, and denials on the same axis of time. */
export function UsageChart({ name, series }: { readonly name: string; readonly series: readonly UsageSpanObject[] }) {
  const { ref: frame, width } = useElementSize();
  const canvas = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    const chart = new UPlot(optionsFor(width, scheme), dataOf(series), canvas.current);
    return () => chart.destroy();
  }, [width, scheme, series]);
  const denials = series.reduce((sum, span) => sum + span.denials, 0);
  const most = Math.max(0, ...series.map(({ max }) => max));
  return (
    // It is as wide as there is room: what is inside must not widen it.
    <Box ref={frame} style={{ overflow: "hidden" }}>
      <div
        ref={canvas}
        role="img"
        aria-label={`Chart of ${name}: at most ${most} seats in use, ${denials} check-outs denied. The numbers are in the table below.`}
      />
    </Box>
  );
}

/** Each span counts from its beginning; the last point closes the last step. */
function dataOf(series: readonly UsageSpanObject[]): UPlot.AlignedData {
  const last = series.at(-1);
  const ofAll = <T,>(pick: (span: UsageSpanObject) => T) =>
    [...series, ...(last === undefined ? [] : [last])].map(pick);
  const times = [...series.map(({ from }) => from), ...(last === undefined ? [] : [last.to])];
  return [
    times.map((iso) => Date.parse(iso) / 1_000),
    ofAll(({ max }) => max),
    ofAll(({ mean }) => mean),
    ofAll(({ capacity }) => capacity),
    [...series.map(({ denials }) => (denials === 0 ? null : denials)), null],
  ];
}

function optionsFor(width: number, scheme: "light" | "dark"): UPlot.Options {
  const ink = scheme === "dark" ? "#c9c9c9" : "#495057";
  const grid = scheme === "dark" ? "#424242" : "#e9ecef";
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  const stepped = UPlot.paths.stepped?.({ align: 1 });
  const bars = UPlot.paths.bars?.({ size: [0.5, 14], align: 1 });
  const seats = scheme === "dark" ? "#3bc9db" : "#0b7285";
  const red = scheme === "dark" ? "#ff8787" : "#c92a2a";
  return {
    width,
    height: HEIGHT,
    cursor: { y: false },
    legend: { live: true },
    scales: {
      y: { range: (_chart, _low, high) => [0, Math.max(1, high * 1.1)] },
      denials: { range: (_chart, _low, high) => [0, Math.max(4, high * 2)] },
    },
    axes: [
      { ...axis, values: timeLabels },
      { ...axis, label: "Seats", labelSize: 20, incrs: WHOLE },
      { ...axis, scale: "denials", side: 1, label: "Denials", labelSize: 20, grid: { show: false }, incrs: WHOLE },
    ],
    series: [
      {
        label: "From",
        value: (_chart, seconds) => (seconds == null ? "–" : inFull(new Date(seconds * 1_000).toISOString())),
      },
      {
        label: "Most in use",
        stroke: seats,
        fill: `${seats}33`,
        width: 1.5,
        points: { show: false },
        value: shown,
        ...(stepped && { paths: stepped }),
      },
      {
        label: "Mean",
        stroke: ink,
        width: 1.5,
        dash: [4, 3],
        points: { show: false },
        value: shown,
        ...(stepped && { paths: stepped }),
      },
      {
        label: "Seats there are",
        stroke: scheme === "dark" ? "#ffd43b" : "#a05a00",
        width: 2,
        points: { show: false },
        value: shown,
      },
      {
        label: "Denials",
        scale: "denials",
        stroke: red,
        fill: `${red}66`,
        width: 1,
        points: { show: false },
        value: shown,
        ...(bars && { paths: bars }),
      },
    ],
  };
}

/** A time by the reader's clock of 24 hours; midnight, and steps of days, by the date. */
function timeLabels(_chart: UPlot, splits: number[], _axis: number, _space: number, stepS: number): string[] {
  return splits.map((seconds) => {
    const at = new Date(seconds * 1_000);
    const isDay = stepS >= 86_400 || (at.getHours() === 0 && at.getMinutes() === 0);
    return (isDay ? day : clock).format(at);
  });
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Nothing is counted in halves. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

function shown(_chart: UPlot, value: number | null): string {
  return value == null ? "–" : shortNumber(value);
}
