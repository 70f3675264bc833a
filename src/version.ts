import packageJson from "../package.json" with { type: "json" };

/** This program's version, as in its package. */
export const version: string = packageJson.version;
