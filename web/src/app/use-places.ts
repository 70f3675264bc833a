import type { OperationEntry } from "../api/operation.ts";
import { operationTable } from "../api/operation-table.ts";
import { type Place, places } from "./places.ts";
import { mayDo, useSession } from "./session.tsx";

/** The pages that this server has for the one who is logged in. */
export function usePlaces(): readonly Place[] {
  const { role, side } = useSession();
  return places.filter(({ sides, operation }) => {
    const entry: OperationEntry = operationTable[operation];
    return sides.includes(side) && mayDo(entry, role);
  });
}
