import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

export type UrlState = Readonly<Record<string, string | undefined>>;

/** What a page keeps in the address, so that it can be shared and comes back by the back button. */
export function useUrlState(): readonly [UrlState, (changes: UrlState) => void] {
  const state = useSearch({ strict: false }) as UrlState;
  const navigate = useNavigate();
  const change = useCallback(
    (changes: UrlState) =>
      navigate({
        to: ".",
        search: ((before: UrlState) =>
          Object.fromEntries(
            Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined && value !== ""),
          )) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [state, change];
}
