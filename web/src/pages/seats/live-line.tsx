import type { LiveState } from "../../api/live.ts";
import { StateBadge } from "../../parts/state-badge.tsx";

const states = {
  connecting: ["plain", "Connecting"],
  live: ["good", "Live"],
  polling: ["warning", "Asking every 2 seconds"],
} as const;

/** How the page learns of changes. */
export function LiveLine({ state }: { readonly state: LiveState }) {
  const [tone, text] = states[state];
  return (
    <div role="status">
      <StateBadge tone={tone}>{text}</StateBadge>
    </div>
  );
}
