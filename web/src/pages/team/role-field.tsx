import { Radio, Stack } from "@mantine/core";
import type { Fields } from "../../parts/use-fields.ts";

const ROLES = [
  { value: "viewer", about: "Sees everything but the team, the tokens and the settings; changes nothing" },
  { value: "operator", about: "Also releases seats, ends holds, and handles request and license files" },
  { value: "admin", about: "Does everything, the team included" },
] as const;

/** Chooses a role by what it may. */
export function RoleField({ fields }: { readonly fields: Fields }) {
  const { value, onChange, error } = fields.bind("role");
  return (
    <Radio.Group label="Role" required error={error} value={typeof value === "string" ? value : ""} onChange={onChange}>
      <Stack gap={6} mt={4}>
        {ROLES.map(({ value, about }) => (
          <Radio key={value} value={value} label={value} description={about} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
