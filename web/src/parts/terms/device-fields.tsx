import { Fieldset, Stack } from "@mantine/core";
import type { Fields } from "../use-fields.ts";
import { TermFields, type TermWords } from "./term-fields.tsx";

const words: Readonly<Record<string, TermWords>> = {
  allow_unlimited_activations: { about: "A floating server is a device too." },
  max_activations: { about: "So many may be activated at once. Left empty: 1." },
  max_transfers: { about: "How often it may move to another device. 0, or left empty: any number of times." },
  prevent_vm: { about: "A virtual machine cannot activate it. Never touched: as the product has it." },
  is_trial: { label: "It is a trial", about: "Told to the application." },
  is_air_gapped: { about: "Activated by files, on machines without a network." },
};
const ofUsers: Readonly<Record<string, TermWords>> = {
  max_users: { label: "Max license users", about: "0, or left empty: any number." },
};

/** Which and how many devices a license may be on. @param hasUsers of a product whose users activate it */
export function DeviceFields({ fields, hasUsers }: { readonly fields: Fields; readonly hasUsers: boolean }) {
  return (
    <Fieldset legend="Devices">
      <Stack gap="sm">
        <TermFields fields={fields} words={hasUsers ? { ...ofUsers, ...words } : words} />
      </Stack>
    </Fieldset>
  );
}
