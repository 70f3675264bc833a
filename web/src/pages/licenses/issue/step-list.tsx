import { Button, Group } from "@mantine/core";
import { STEPS } from "./draft.ts";

/** The steps of issuing, and which of them is seen. */
export function StepList({
  step,
  wrong,
  isOpen,
  onStep,
}: {
  readonly step: number;
  /** Steps that have something wrong on them. */
  readonly wrong: ReadonlySet<number>;
  /** Whether the later ones can be gone to. */
  readonly isOpen: boolean;
  onStep(step: number): void;
}) {
  return (
    <Group component="ol" gap="xs" p={0} m={0} style={{ listStyle: "none" }} aria-label="Steps">
      {STEPS.map(({ title }, at) => (
        <li key={title}>
          <Button
            size="xs"
            variant={at === step ? "filled" : "default"}
            aria-current={at === step ? "step" : undefined}
            disabled={!isOpen && at > step}
            onClick={() => onStep(at)}
          >
            {at + 1}. {title}
            {wrong.has(at) && " (to correct)"}
          </Button>
        </li>
      ))}
    </Group>
  );
}
