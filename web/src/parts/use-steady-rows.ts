import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps the rows of a scrolled table where they are while others come and go above them, and the focus in it when its
 * row goes. Where the order is another one, it begins at the top.
 */
export function useSteadyRows<Row>(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  rowKey: (row: Row) => string | number,
  rowHeight: number,
  order: string | undefined,
): void {
  const before = useRef({ rows, order });
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const table = scroller.current;
    const note = () => {
      hadFocus.current = true;
    };
    const forget = ({ relatedTarget }: FocusEvent) => {
      // An element that is taken away loses the focus to nothing.
      if (relatedTarget !== null) hadFocus.current = false;
    };
    const leave = ({ target }: Event) => {
      if (!table?.contains(target as Node)) hadFocus.current = false;
    };
    table?.addEventListener("focusin", note);
    table?.addEventListener("focusout", forget);
    document.addEventListener("pointerdown", leave);
    return () => {
      table?.removeEventListener("focusin", note);
      table?.removeEventListener("focusout", forget);
      document.removeEventListener("pointerdown", leave);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    const table = scroller.current;
    const was = before.current;
    before.current = { rows, order };
    if (table === null || was.rows === rows) return;
    if (hadFocus.current && document.activeElement === document.body) table.focus({ preventScroll: true });
    if (was.order !== order) table.scrollTop = 0;
    else if (table.scrollTop > 0)
      table.scrollTop += rowHeight * movedBy(was.rows, rows, Math.floor(table.scrollTop / rowHeight), rowKey);
  });
}

/** Of so many rows in sight: one of them may have moved by itself, by its place in the order. */
const ASKED = 9;

/** By how many rows most of the rows in sight have moved. */
function movedBy<Row>(
  was: readonly Row[],
  rows: readonly Row[],
  first: number,
  rowKey: (row: Row) => string | number,
): number {
  const places = new Map(rows.map((row, index) => [rowKey(row), index]));
  const moves: number[] = [];
  for (let index = first; index < was.length && moves.length < ASKED; index += 1) {
    const place = places.get(rowKey(was[index] as Row));
    if (place !== undefined) moves.push(place - index);
  }
  return moves.sort((a, b) => a - b)[moves.length >> 1] ?? 0;
}
