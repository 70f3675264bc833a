/** Saves a text as a file of the reader. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** The name of a file about something, of letters that every system takes. @param ending with its dot */
export function fileName(words: readonly string[], ending: string): string {
  const safe = words.map((word) => word.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 60));
  return `${safe.join("-")}${ending}`;
}
