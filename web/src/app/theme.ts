import { type CSSVariablesResolver, createTheme, darken, type MantineColorsTuple } from "@mantine/core";

/** Text of every shade that is used as text has a contrast of 4.5 to 1 at least (WCAG 2.2 AA). */
const seat: MantineColorsTuple = [
  "#e3fafc",
  "#c5f6fa",
  "#99e9f2",
  "#66d9e8",
  "#3bc9db",
  "#22b8cf",
  "#15aabf",
  "#0b7285",
  "#0a6577",
  "#085665",
];

export const theme = createTheme({
  colors: { seat },
  primaryColor: "seat",
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  headings: { fontWeight: "650" },
  components: {
    Anchor: { defaultProps: { inherit: true } },
    // A menu is a part of its page, and has nothing in it but what can be chosen: the first of that has the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: "#page" } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: {
      defaultProps: {
        closeButtonProps: { "aria-label": "Close" },
        // A dialog's heading is not the banner of the page.
        attributes: { header: { role: "none" } },
      },
    },
  },
});

const COLORS = ["seat", "red", "orange", "yellow", "green", "gray", "blue", "grape"] as const;

/** Mantine's dimmed, light and placeholder texts are too pale to read for many, and so is white on its red. */
export const cssVariables: CSSVariablesResolver = (theme) => {
  const inAllColors = (shade: number, darker = 0) =>
    Object.fromEntries(
      COLORS.flatMap((name) => {
        const color = darken(theme.colors[name]?.[shade] ?? "", darker);
        return ["light-color", "outline", "text"].map((use) => [`--mantine-color-${name}-${use}`, color]);
      }),
    );
  const filled = {
    "--mantine-color-red-filled": theme.colors.red[9],
    "--mantine-color-red-filled-hover": darken(theme.colors.red[9], 0.1),
  };
  return {
    variables: {},
    light: {
      ...inAllColors(9, 0.3),
      ...filled,
      "--mantine-color-dimmed": theme.colors.gray[7],
      "--mantine-color-placeholder": theme.colors.gray[7],
      "--mantine-color-error": theme.colors.red[9],
      "--mantine-color-anchor": seat[7],
      "--mantine-primary-color-light-color": seat[9],
    },
    dark: {
      ...inAllColors(3),
      ...filled,
      "--mantine-color-dimmed": theme.colors.dark[1],
      "--mantine-color-placeholder": theme.colors.dark[1],
      "--mantine-color-error": theme.colors.red[4],
      "--mantine-color-anchor": seat[3],
      "--mantine-primary-color-light-color": seat[2],
    },
  };
};
