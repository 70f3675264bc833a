import type { ReactNode } from "react";

/** What to do, one after another. */
export function Steps({ children }: { readonly children: readonly ReactNode[] }) {
  return (
    <ol style={{ margin: 0, paddingInlineStart: "1.4em" }}>
      {children.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps stay in their order
        <li key={index}>{step}</li>
      ))}
    </ol>
  );
}
