import { Tabs } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useUrlState } from "./url-state.ts";

export interface Tab {
  readonly value: string;
  readonly label: string;
  readonly content: ReactNode;
}

/** Parts of a page, of which the address says the one shown. Each has filters and an order of its own. */
export function UrlTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const [{ tab }] = useUrlState();
  const navigate = useNavigate();
  const shown = tabs.find(({ value }) => value === tab) ?? tabs[0];
  const open = (value: string | null) =>
    navigate({ to: ".", search: (value === tabs[0]?.value ? {} : { tab: value }) as never, resetScroll: false });
  return (
    <Tabs value={shown?.value ?? null} onChange={open} keepMounted={false}>
      <Tabs.List mb="md" aria-label={label}>
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Panel key={value} value={value}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
