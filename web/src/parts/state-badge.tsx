import { Badge } from "@mantine/core";

const colors = { good: "green", warning: "orange", bad: "red", plain: "gray" } as const;

/** A state in one or two words; the color only repeats what the words say. */
export function StateBadge({ tone, children }: { readonly tone: keyof typeof colors; readonly children: string }) {
  return (
    <Badge variant="light" color={colors[tone]} tt="none" style={{ flexShrink: 0 }}>
      {children}
    </Badge>
  );
}
