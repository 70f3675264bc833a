import { notifications } from "@mantine/notifications";

/** Says that something is done, in passing. */
export function told(message: string): void {
  notifications.show({ message, color: "green", autoClose: 4_000 });
}
