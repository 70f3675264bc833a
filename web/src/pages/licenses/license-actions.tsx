import { Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../../app/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { ActionMenu } from "../../parts/action-menu.tsx";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { EditDetailsDialog } from "./edit-details-dialog.tsx";
import { EditTermsDialog } from "./edit-terms-dialog.tsx";
import { type License, nameOf } from "./license-state.tsx";
import { RefreshFileDialog } from "./refresh-file-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { WHAT_HAPPENS } from "./what-happens.ts";

/** What can be done to a license. */
export function LicenseActions({ license }: { readonly license: License }) {
  return useSession().side === "vendor" ? <VendorActions license={license} /> : <FloatingActions license={license} />;
}

type Opened = "terms" | "details" | "refresh" | "enable" | "disable" | "reset" | "delete";

function VendorActions({ license }: { readonly license: License }) {
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const other = license.is_enabled ? "disable" : "enable";
  return (
    <>
      <ActionButton operation="license update" onClick={() => setOpened("terms")}>
        Edit terms
      </ActionButton>
      <ActionButton operation="license update" variant="default" onClick={() => setOpened("details")}>
        Edit details
      </ActionButton>
      <ActionButton operation={`license ${other}`} variant="default" onClick={() => setOpened(other)}>
        {WHAT_HAPPENS[other].title}
      </ActionButton>
      <ActionMenu
        label="More actions"
        button="More"
        size="sm"
        actions={[
          { label: "Refresh file", operation: "license refresh-file", onClick: () => setOpened("refresh") },
          { label: "Reset", operation: "license reset", onClick: () => setOpened("reset"), isDanger: true },
          { label: "Delete", operation: "license delete", onClick: () => setOpened("delete"), isDanger: true },
        ]}
      />
      {opened === "terms" && <EditTermsDialog license={license} onClose={close} />}
      {opened === "details" && <EditDetailsDialog license={license.id} onClose={close} />}
      {opened === "refresh" && <RefreshFileDialog license={license} onClose={close} />}
      {(opened === "enable" || opened === "disable" || opened === "reset" || opened === "delete") && (
        <StateDialog license={license} verb={opened} onClose={close} />
      )}
    </>
  );
}

const DONE = {
  enable: "The license is enabled",
  disable: "The license is disabled",
  reset: "The license is reset",
  delete: "The license is deleted",
} as const;

function StateDialog({
  license,
  verb,
  onClose,
}: {
  readonly license: License;
  readonly verb: keyof typeof DONE;
  onClose(): void;
}) {
  const navigate = useNavigate();
  const { title, text } = WHAT_HAPPENS[verb];
  return (
    <ConfirmDialog
      isOpen
      title={`${title} this license?`}
      verb={title}
      operation={`license ${verb}`}
      given={{ params: { license: license.id } }}
      done={DONE[verb]}
      onClose={onClose}
      onDone={() => verb === "delete" && navigate({ to: "/licenses" })}
    >
      <Text size="sm" fw={600}>
        {nameOf(license)}
      </Text>
      <Text size="sm">{text}</Text>
    </ConfirmDialog>
  );
}

function FloatingActions({ license }: { readonly license: License }) {
  const [isRemoving, setIsRemoving] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <ActionButton operation="license import" variant="default" onClick={() => navigate({ to: "/licenses/import" })}>
        Import refresh file
      </ActionButton>
      <ActionButton operation="license remove" variant="default" onClick={() => setIsRemoving(true)}>
        Remove
      </ActionButton>
      {isRemoving && <RemoveDialog license={license} onClose={() => setIsRemoving(false)} />}
    </>
  );
}
