import { Button, Code, Group } from "@mantine/core";
import { useState } from "react";

/** A text to be pasted elsewhere. @param isLong shows it in a region that scrolls, for pages of it */
export function CopyText({
  text,
  label,
  isLong = false,
}: {
  readonly text: string;
  readonly label: string;
  readonly isLong?: boolean;
}) {
  const long = isLong ? { tabIndex: 0, role: "region", mah: 160 } : {};
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Code
        block
        style={{ flex: 1, minWidth: 0, whiteSpace: "pre-wrap", overflowY: "auto" }}
        aria-label={label}
        {...long}
      >
        {text}
      </Code>
      <CopyButton text={text} label={`Copy ${label}`} />
    </Group>
  );
}

/** @param label what is copied, for those who do not see where it stands */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [state, setState] = useState<"" | "Copied" | "Select it and copy">("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("Copied");
    } catch {
      // A page over plain HTTP from another machine may not write to the clipboard.
      setState("Select it and copy");
    }
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      style={{ flexShrink: 0 }}
      onClick={copy}
      aria-label={state === "" ? label : undefined}
    >
      {state === "" ? "Copy" : state}
    </Button>
  );
}
