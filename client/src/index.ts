export type { FloatingClientOptions } from "./floating-client.ts";
export { LicenseClient, type LicenseClientOptions } from "./license/license-client.ts";
export { FloatingClient } from "./node/floating-client.ts";
export { machineHardwareId } from "./node/hardware-id.ts";
export { pendingFile } from "./node/pending-file.ts";
export * from "./shared.ts";
