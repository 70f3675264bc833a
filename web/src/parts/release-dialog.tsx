import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { SeatObject } from "../../../schemas/management.d.ts";
import { useSession } from "../app/session.tsx";
import { CommandHint } from "./command-hint.tsx";
import { ProblemAlert } from "./problem-alert.tsx";
import { outlookOf } from "./release-outlook.ts";
import { ReleaseResult } from "./release-result.tsx";
import { seatName } from "./seat-names.ts";
import { SeatsOutlook } from "./seats-outlook.tsx";
import { duration, useNow } from "./times.tsx";
import { told } from "./told.ts";
import { useFocusBack } from "./use-focus-back.ts";
import { useFreshSeats } from "./use-fresh-seats.ts";
import { type Released, releaseBody, useRelease } from "./use-release.ts";

const HOLD_SECONDS = 600;

interface ReleaseDialogProps {
  /** As they were when the dialog was opened; it asks how they are now by itself. */
  readonly seats: readonly SeatObject[];
  onClose(): void;
  /** Told when something was released. */
  onDone?(): void;
}

/** Releases one seat or many, and says before what that will come to. Mount it when it opens. */
export function ReleaseDialog({ seats: given, onClose, onDone }: ReleaseDialogProps) {
  const { side } = useSession();
  const [seats] = useState(given);
  const [reason, setReason] = useState("");
  useFocusBack();
  const fresh = useFreshSeats(seats);
  const now = useNow();
  const change = useRelease();
  const live = fresh.filter((seat) => outlookOf(seat, now) !== "ended");
  // Who is active comes again: then the hold is what Enter does.
  const isHoldBetter = live.some((seat) => outlookOf(seat, now) === "active");
  const run = (seconds: number) => {
    const wish = { ids: seats.map(({ id }) => id), reason: reason.trim(), holdSeconds: seconds };
    change.mutate(wish, {
      onSuccess: (result) => {
        onDone?.();
        if (result.failed.length > 0 || result.error !== undefined) return;
        told(sentence(seats, result));
        onClose();
      },
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(isHoldBetter ? HOLD_SECONDS : 0);
  };
  const title =
    seats.length === 1 && seats[0] !== undefined ? `Release ${seatName(seats[0])}` : `Release ${seats.length} seats`;
  if (change.isSuccess && (change.data.failed.length > 0 || change.data.error !== undefined)) {
    return (
      <Modal opened onClose={onClose} title={title} size="lg">
        <ReleaseResult seats={seats} result={change.data} sentence={sentence(seats, change.data)} onClose={onClose} />
      </Modal>
    );
  }
  const button = (label: string, seconds: number, isBetter: boolean) => (
    <Button
      type={isBetter ? "submit" : "button"}
      variant={isBetter ? "filled" : "default"}
      onClick={isBetter ? undefined : () => run(seconds)}
      loading={change.isPending && change.variables.holdSeconds === seconds}
      disabled={live.length === 0 || change.isPending}
    >
      {label}
    </Button>
  );
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={reason === ""}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <SeatsOutlook seats={seats} live={live} now={now} />
          {side === "floating" && live.some(({ feature }) => feature === null) && (
            <Text size="sm">With a license seat end all seats of features that its holder has of the license.</Text>
          )}
          <TextInput
            label="Reason"
            description="Kept in the audit log. The holder does not see it."
            inputWrapperOrder={["label", "input", "description"]}
            maxLength={2_048}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            data-autofocus
          />
          {change.isError && <ProblemAlert error={change.error} />}
          <Group justify="space-between">
            <Hint
              seats={seats}
              body={releaseBody({ reason: reason.trim(), holdSeconds: isHoldBetter ? HOLD_SECONDS : 0 })}
            />
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              {button("Release", 0, !isHoldBetter)}
              {button("Release and hold 10 min", HOLD_SECONDS, isHoldBetter)}
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Hint({
  seats,
  body,
}: {
  readonly seats: readonly SeatObject[];
  readonly body: ReturnType<typeof releaseBody>;
}) {
  const [first] = seats;
  if (seats.length === 1 && first !== undefined) {
    return <CommandHint operation="seat release" given={{ params: { seat: first.id }, body }} />;
  }
  // A command takes so many.
  const ids = seats.slice(0, 1_000).map(({ id }) => id);
  return <CommandHint operation="seat bulk-release" given={{ body: { ids, ...body } }} />;
}

/** What was done, in one sentence. */
function sentence(seats: readonly SeatObject[], { released, holds }: Released): string {
  const [first] = seats;
  const hold = holds.length === 0 ? "" : `, held for ${duration(HOLD_SECONDS)}`;
  if (seats.length === 1 && first !== undefined) return `Released ${seatName(first)}${hold}`;
  return `Released ${released.length} of ${seats.length} seats${hold}`;
}
