import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

export type UrlState = Readonly<Record<string, string | undefined>>;

/**
 * What a page keeps in the address, so that it can be shared and comes back by the back button.
 *
 * @param prefix of its parameters, where a page has several things that keep something there
 */
export function useUrlState(prefix = ""): readonly [UrlState, (changes: UrlState) => void] {
  const whole = useSearch({ strict: false }) as UrlState;
  const state = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(whole).flatMap(([key, value]) =>
          key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
        ),
      ),
    [whole, prefix],
  );
  const navigate = useNavigate();
  const change = useCallback(
    (changes: UrlState) =>
      navigate({
        to: ".",
        search: ((before: UrlState) => {
          const changed = Object.entries(changes).map(([key, value]) => [`${prefix}${key}`, value]);
          return Object.fromEntries(
            Object.entries({ ...before, ...Object.fromEntries(changed) }).filter(
              ([, value]) => value !== undefined && value !== "",
            ),
          );
        }) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate, prefix],
  );
  return [state, change];
}
