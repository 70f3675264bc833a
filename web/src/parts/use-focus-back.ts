import { useEffect, useState } from "react";

/** When a dialog that is mounted only while it is open goes, the focus goes back to where it was, or near there. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  const [around] = useState(() => before?.closest<HTMLElement>("[role=region]") ?? null);
  useEffect(
    () => () => {
      // The dialog is still there, and what it did may take the button away that it was opened by.
      requestAnimationFrame(() => {
        const target = [before, around, document.getElementById("page")].find((each) => each?.isConnected);
        if (document.activeElement === document.body) target?.focus({ preventScroll: true });
      });
    },
    [before, around],
  );
}
