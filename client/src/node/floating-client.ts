import { FloatingClient as BareFloatingClient, type FloatingClientOptions } from "../floating-client.ts";
import { nodeHost } from "./host.ts";

/** The client as Node programs have it: it knows who runs them, and gives seats back when they end. */
export class FloatingClient extends BareFloatingClient {
  constructor(options: FloatingClientOptions) {
    super(options, nodeHost());
  }
}
