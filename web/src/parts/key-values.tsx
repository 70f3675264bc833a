import { Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import classes from "./key-values.module.css";

/** Terms and what they are. Those that are undefined are left out. */
export function KeyValues({ rows }: { readonly rows: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={classes["list"]}>
      {rows
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <Fragment key={label}>
            <Text component="dt" c="dimmed" size="sm">
              {label}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {value === null || value === "" ? "–" : value}
            </Text>
          </Fragment>
        ))}
    </dl>
  );
}
