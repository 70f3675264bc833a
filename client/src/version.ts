/** Shown to admins as `sdk_ver`. The package's own, which a test compares. */
export const version = "0.1.0";
export const libraryName = `seatkeeper-client ${version}`;
