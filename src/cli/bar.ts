/** A bar of text. @param filled how many of its characters are */
export function bar(filled: number, width: number): string {
  return `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
}
