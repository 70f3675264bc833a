import { Group, Progress, Text } from "@mantine/core";

/** How full a pool is, "2 / 5". */
export function SeatBar({
  inUse,
  seats,
  label,
}: {
  readonly inUse: number;
  readonly seats: number;
  readonly label: string;
}) {
  const share = seats === 0 ? 100 : Math.min(100, (100 * inUse) / seats);
  const color = inUse >= seats ? "red" : share >= 80 ? "orange" : "seat";
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress.Root size="lg" style={{ flex: 1, minWidth: 60 }}>
        <Progress.Section value={share} color={color} aria-label={`${label}: ${inUse} of ${seats} seats in use`} />
      </Progress.Root>
      <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
        {inUse} / {seats}
      </Text>
    </Group>
  );
}
