import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useUrlState } from "./url-state.ts";

interface UrlTab {
  /** In the address; the first is what an address without a tab shows. */
  readonly value: string;
  readonly label: string;
  readonly render: () => ReactNode;
}

/** Parts of a page, one at a time; the address says which, so that it can be shared. */
export function UrlTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly UrlTab[] }) {
  const [state, change] = useUrlState();
  const [first] = tabs;
  const open = tabs.find(({ value }) => value === state["tab"]) ?? first;
  // Filters and order are of the list that is left.
  const go = (next: string | null) =>
    change({
      ...Object.fromEntries(Object.keys(state).map((name) => [name, undefined])),
      tab: next === first?.value ? undefined : (next ?? undefined),
    });
  return (
    <Tabs value={open?.value ?? null} onChange={go} keepMounted={false}>
      <Tabs.List aria-label={label} mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.value === open?.value && tab.render()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
