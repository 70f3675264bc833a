import type { SessionObject } from "../../../../schemas/management.d.ts";
import { FormDialog } from "../../parts/form-dialog.tsx";

// biome-ignore lint/style/noDefaultExport: React loads it when it is first opened
export default function ChangePassword({ onClose, onDone }: { onClose(): void; onDone(session: SessionObject): void }) {
  return (
    <FormDialog
      operation="session change-password"
      title="Change your password"
      verb="Change password"
      done="Your password is changed; your other sessions have ended"
      onClose={onClose}
      onDone={onDone}
    />
  );
}
