import { Fieldset, Stack } from "@mantine/core";
import type { Fields } from "../use-fields.ts";
import { TermFields, type TermWords } from "./term-fields.tsx";

const seatTerms: Readonly<Record<string, TermWords>> = {
  timeout_seconds: {
    about: "A seat that is not renewed for so long is free again. Short: crashed programs lock nobody out.",
  },
  can_borrow: { about: "A holder may keep a seat without renewing it, to work away from the network." },
  max_borrow_seconds: { about: "A borrow that asks for more is refused." },
};

const ofFeature: Readonly<Record<string, TermWords>> = {
  cloud_floating: {
    label: "Floating (cloud)",
    about: "Your License API hands its seats out, over the internet.",
  },
  offline_floating: {
    label: "Offline Floating Feature",
    about: "The customer's floating server hands its seats out, without the internet.",
  },
  seats: { about: "So many may use it at once. 0 is nobody, until a license says otherwise." },
  ...seatTerms,
};

const ofLicense: Readonly<Record<string, TermWords>> = {
  cloud_floating: { label: "Floating (cloud)", about: "Your License API hands seats of the license out." },
  offline_floating: {
    label: "Floating (offline)",
    about: "The customer's floating server hands them out. There, a seat of a feature needs one of the license too.",
  },
  seats: { about: "So many may use the license at once. Features have seats of their own." },
  ...seatTerms,
};

/** Where seats float, and how; for a feature, or for the license itself. */
export function FloatingFields({ fields, of }: { readonly fields: Fields; readonly of: "feature" | "license" }) {
  return (
    <Fieldset legend={of === "feature" ? "Seats" : "Seats of the license itself"}>
      <Stack gap="sm">
        <TermFields fields={fields} words={of === "feature" ? ofFeature : ofLicense} />
      </Stack>
    </Fieldset>
  );
}
