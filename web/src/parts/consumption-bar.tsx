import { Group, Progress, Text } from "@mantine/core";

/** How much of a maximum is consumed, "12 / 100". */
export function ConsumptionBar({
  consumed,
  max,
  isUnlimited,
  label,
}: {
  readonly consumed: number;
  readonly max: number;
  readonly isUnlimited: boolean;
  readonly label: string;
}) {
  if (isUnlimited) {
    return (
      <Text size="sm" span>
        <strong>{count(consumed)}</strong>, unlimited
      </Text>
    );
  }
  const share = max === 0 ? 100 : Math.min(100, (100 * consumed) / max);
  const color = consumed >= max ? "red" : share >= 80 ? "orange" : "seat";
  const text = `${count(consumed)} / ${count(max)}`;
  return (
    <Group gap="sm" wrap="nowrap">
      <Progress.Root size="lg" style={{ flex: 1, minWidth: 50 }}>
        <Progress.Section value={share} color={color} aria-label={`${label}: ${consumed} of ${max} consumed`} />
      </Progress.Root>
      <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
        {text}
      </Text>
    </Group>
  );
}

const format = new Intl.NumberFormat("en");

function count(amount: number): string {
  return format.format(amount);
}
