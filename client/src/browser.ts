export { FloatingClient, type FloatingClientOptions } from "./floating-client.ts";
export * from "./shared.ts";
