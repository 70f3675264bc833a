import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type Answer, call, callAll } from "./call.ts";
import type { Given, ItemOf, ListName, OperationName } from "./operation.ts";
import { ProblemError } from "./problem.ts";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refuses it refuses again.
        retry: (failures, error) => !(error instanceof ProblemError) && failures < 2,
      },
    },
  });
}

interface Wish {
  /** False asks nothing. */
  readonly enabled?: boolean;
  /** Asks anew so often, in milliseconds. */
  readonly everyMs?: number;
  /** Asks in any case, however new what is kept may be. */
  readonly isFresh?: boolean;
}

/** What an operation replies, kept and asked anew when something has changed. */
export function useReply<Name extends OperationName>(
  name: Name,
  given: Given<Name> = {},
  { enabled = true, everyMs, isFresh = false }: Wish = {},
): UseQueryResult<Answer<Name>> {
  return useQuery({
    queryKey: [name, given],
    queryFn: ({ signal }) => call(name, given, { signal }),
    enabled,
    ...(isFresh && { refetchOnMount: "always" as const }),
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

/** A list page by page. */
export function usePages<Name extends ListName>(
  name: Name,
  given: Given<Name>,
  { enabled = true, everyMs }: Wish = {},
) {
  return useInfiniteQuery({
    queryKey: [name, given, "pages"],
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: "100", count: "true", ...given.query, ...(pageParam !== null && { cursor: pageParam }) };
      const { reply } = await call(name, { ...given, query } as Given<Name>, { signal });
      return reply as unknown as Page<ItemOf<Name>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

/** A list as a whole. What fitted before stays until what fits now has come. */
export function useAll<Name extends ListName>(
  name: Name,
  given: Given<Name> = {},
  { enabled = true, everyMs }: Wish = {},
): UseQueryResult<readonly ItemOf<Name>[]> {
  return useQuery({
    queryKey: [name, given, "all"],
    queryFn: ({ signal }) => callAll(name, given, { signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
  });
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly next_cursor: string | null;
  readonly count?: number;
}

/** Makes a change; whatever is on the screen is asked anew after it. */
export function useChange<Name extends OperationName>(name: Name) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ etag, ...given }: Given<Name> & { readonly etag?: string | null }) =>
      call(name, given as Given<Name>, { etag: etag ?? null }),
    // Not waited for: what comes may take away the very place that is to hear of its success.
    onSuccess: () => {
      client.invalidateQueries();
    },
  });
}
