import { Alert, Button, Group, List, ScrollArea, Stack } from "@mantine/core";
import type { SeatObject } from "../../../schemas/management.d.ts";
import { ProblemAlert } from "./problem-alert.tsx";
import { seatName } from "./seat-names.ts";
import type { Released } from "./use-release.ts";

/** Why a seat was not released, by the code of the refusal. */
const reasons: Readonly<Record<string, string>> = { seat_not_found: "had ended before" };

/** What became of many seats, where not all were released. */
export function ReleaseResult({
  seats,
  result: { failed, error },
  sentence,
  onClose,
}: {
  readonly seats: readonly SeatObject[];
  readonly result: Released;
  readonly sentence: string;
  onClose(): void;
}) {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  return (
    <Stack>
      <Alert color="orange" title={sentence} role="alert">
        {failed.length > 0 && (
          <ScrollArea.Autosize mah={240} tabIndex={0} aria-label="Not released">
            <List size="sm">
              {failed.map(({ id, code }) => {
                const seat = byId.get(id);
                return (
                  <List.Item key={id}>
                    {seat === undefined ? `Seat ${id}` : seatName(seat)}: {reasons[code] ?? code}
                  </List.Item>
                );
              })}
            </List>
          </ScrollArea.Autosize>
        )}
      </Alert>
      {error !== undefined && <ProblemAlert error={error} title="The rest was not released" />}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
