import { Alert, List, Text } from "@mantine/core";
import type { SeatObject } from "../../../schemas/management.d.ts";
import { type Outlook, outlookOf, tellOutlook } from "./release-outlook.ts";
import { fullPoolName } from "./seat-names.ts";

interface SeatsOutlookProps {
  readonly seats: readonly SeatObject[];
  /** Those of them that have not ended, as they are now. */
  readonly live: readonly SeatObject[];
  readonly now: number;
}

const colors = { borrowed: "orange", active: "orange", silent: "blue", ended: "gray" } as const;

/** Tells before seats are released what that will come to. */
export function SeatsOutlook({ seats, live, now }: SeatsOutlookProps) {
  const [first] = seats;
  if (seats.length !== 1 || first === undefined) return <ManyOutlooks {...{ seats, live, now }} />;
  const [seat] = live;
  const shown = seat ?? { ...first, ends_at: new Date(0).toISOString() };
  const [title, text] = tellOutlook(shown, now);
  const where = [shown.hostname, shown.local_ip].filter(Boolean).join(", ");
  return (
    <>
      <Text size="sm">
        {fullPoolName(shown)}
        {where !== "" && `; from ${where}`}
      </Text>
      <Alert color={colors[outlookOf(shown, now)]} title={title} aria-live="polite">
        {text}
      </Alert>
    </>
  );
}

function ManyOutlooks({ seats, live, now }: SeatsOutlookProps) {
  const groups = Map.groupBy(live, (seat) => outlookOf(seat, now));
  const count = (outlook: Outlook) => groups.get(outlook)?.length ?? 0;
  const lines = [
    [
      count("active"),
      "active lately: their programs will probably take them again at once. Hold them to keep them for others.",
    ],
    [count("silent"), "not heard of lately: they will end by themselves, at the end of their timeout."],
    [count("borrowed"), "borrowed: their holders may be offline and will not know."],
    [seats.length - live.length, "ended meanwhile."],
  ] as const;
  const isMixed = count("active") + count("borrowed") > 0;
  return (
    <Alert color={isMixed ? "orange" : "blue"} title="What to expect">
      <List size="sm">
        {lines
          .filter(([number]) => number > 0)
          .map(([number, about]) => (
            <List.Item key={about}>
              {number} {about}
            </List.Item>
          ))}
      </List>
    </Alert>
  );
}
