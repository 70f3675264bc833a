import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { nameOfCustomer, useCustomerName } from "../api/customer-names.ts";
import { useReply } from "../api/queries.ts";
import type { FieldInputProps } from "./field-input.tsx";

/** Chooses a customer; typing searches all of them, by company and by e-mail. */
export function CustomerInput({ field, value, onChange, error, about }: FieldInputProps) {
  const [typed, setTyped] = useState("");
  const chosen = typeof value === "number" ? value : undefined;
  const nameOfChosen = useCustomerName(chosen);
  // Once one is chosen its name stands where one types; that asks for nothing.
  const isTyped = nameOfChosen === undefined || !typed.startsWith(nameOfChosen);
  const [sought] = useDebouncedValue(isTyped ? typed.trim() : "", 200);
  const byCompany = useReply("customer list", { query: found("company_name", sought) });
  const byEmail = useReply("customer list", { query: found("email", sought) });
  const customers = [...(byCompany.data?.reply.data ?? []), ...(byEmail.data?.reply.data ?? [])];
  const choices = new Map(customers.map((each) => [String(each.id), labelOf(each)]));
  if (chosen !== undefined && !choices.has(String(chosen))) choices.set(String(chosen), nameOfChosen ?? `${chosen}`);
  return (
    <Select
      label="Customer"
      description={about}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error}
      required={field.isRequired === true}
      placeholder="Type a company or an e-mail address"
      data={[...choices].map(([value, label]) => ({ value, label }))}
      value={chosen === undefined ? null : String(chosen)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
      searchable
      onSearchChange={setTyped}
      // The server has searched.
      filter={({ options }) => options}
      clearable
      clearButtonProps={{ "aria-label": "No customer" }}
      nothingFoundMessage={byCompany.isFetching ? "Searching …" : "No such customer"}
    />
  );
}

type Customer = Parameters<typeof nameOfCustomer>[0];

function labelOf(customer: Customer): string {
  const name = nameOfCustomer(customer);
  return customer.email === "" || customer.email === name ? name : `${name} · ${customer.email}`;
}

function found(field: "company_name" | "email", sought: string) {
  return { limit: "20", order: field, ...(sought !== "" && { [`${field}.contains`]: sought }) };
}
