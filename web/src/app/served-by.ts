import type { Side } from "../api/operation.ts";

/** What the server wrote into the page: which side it is, and the nonce of styles. */
export const servedSide = metaContent("seatkeeper-side") as Side;
export const servedNonce = metaContent("csp-nonce");

function metaContent(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}
