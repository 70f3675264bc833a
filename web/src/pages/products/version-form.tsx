import { SimpleGrid } from "@mantine/core";
import { FieldInput } from "../../parts/field-input.tsx";
import type { Fields } from "../../parts/use-fields.ts";

/** The fields of a version, with where its file is. */
export function VersionForm({ fields: { bind } }: { readonly fields: Fields }) {
  return (
    <>
      <FieldInput {...bind("version")} about="Such as 2.1.0. Once for each environment and channel." />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FieldInput {...bind("environment")} about="win, mac, linux or another name." />
        <FieldInput {...bind("channel")} about="Such as stable or beta." />
      </SimpleGrid>
      <FieldInput {...bind("url")} label="Address of the file" about="Where it is fetched." />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FieldInput {...bind("md5")} label="MD5" about="Checksum of the file." />
        <FieldInput {...bind("size_bytes")} about="0 where it is not known." />
      </SimpleGrid>
      <FieldInput
        {...bind("released_at")}
        about="Licenses that are maintained until then may install it. Left empty in a new one: now."
      />
      <FieldInput {...bind("requires_version")} about="Only from this version on can it be installed over another." />
      <FieldInput {...bind("eula_link")} label="Address of the EULA" />
      <FieldInput {...bind("release_notes_link")} label="Address of the release notes" />
      <FieldInput
        {...bind("is_enabled")}
        label="Can be installed"
        about="Untick it to take the version back, for a while or for good."
      />
    </>
  );
}
