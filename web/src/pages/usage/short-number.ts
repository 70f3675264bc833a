const format = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** 0.8416666 is "0.84". */
export function shortNumber(value: number): string {
  return format.format(value);
}
