import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReplyOf } from "../../api/operation.ts";
import { FieldInput } from "../../parts/field-input.tsx";
import { FormDialog } from "../../parts/form-dialog.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** Asks for what the vendor knows the license by: its key, or who may use it. */
export function CreateRequestDialog({
  onClose,
  onDone,
}: {
  onClose(): void;
  onDone(written: ReplyOf<"request create">): void;
}) {
  return (
    <FormDialog
      operation="request create"
      title="Create activation request"
      verb="Create request"
      done="The request is written"
      onClose={onClose}
      onDone={onDone}
    >
      {(fields) => <RequestForm fields={fields} />}
    </FormDialog>
  );
}

function RequestForm({ fields }: { readonly fields: Fields }) {
  const [by, setBy] = useState("key");
  const choose = (next: string) => {
    setBy(next);
    // A request names the one or the other.
    fields.set({ license_key: undefined, username: undefined, password: undefined });
  };
  return (
    <>
      <FieldInput
        {...fields.bind("product")}
        label="Product code"
        about="As the vendor calls it. May be left out where this server has licenses of one product only."
      />
      <Stack gap={4}>
        <Text size="sm" fw={500} id="licensee">
          The license is known by
        </Text>
        <SegmentedControl
          aria-labelledby="licensee"
          value={by}
          onChange={choose}
          data={[
            { value: "key", label: "License key" },
            { value: "user", label: "License user" },
          ]}
        />
      </Stack>
      {by === "key" ? (
        <FieldInput
          {...fields.bind("license_key")}
          about="From the vendor. Left out: that of the license that is here, which is asked for once more."
        />
      ) : (
        <>
          <FieldInput {...fields.bind("username")} label="User name" about="Of the license user at the vendor" />
          <FieldInput
            {...fields.bind("password")}
            about="Of that license user. It is in the file, readable: send the file to nobody but the vendor."
          />
        </>
      )}
    </>
  );
}
