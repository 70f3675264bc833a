import { isFloating } from "../../parts/terms/applied-terms.ts";
import { floatsOf, limitOf } from "../../parts/terms/term-words.ts";
import { duration } from "../../parts/times.tsx";
import type { Values } from "../../parts/use-fields.ts";
import { countOf } from "./what-happens.ts";

/** The terms of a feature in one line. */
export function featureWords(values: Values): string {
  const number = (name: string) => Number(values[name] ?? 0);
  const seats = isFloating(values)
    ? [
        `floats: ${floatsOf(values).toLowerCase()}`,
        countOf(number("seats"), "seat"),
        `timeout ${duration(number("timeout_seconds"))}`,
        values["can_borrow"] === true ? `borrow up to ${duration(number("max_borrow_seconds"))}` : "no borrowing",
      ]
    : ["does not float"];
  const consumption = values["type"] === "consumption" ? [`may consume ${limitOf(values).toLowerCase()}`] : [];
  return [...seats, ...consumption].join(" · ");
}
