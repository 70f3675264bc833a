import type { Page } from "playwright-core";

/** Chooses a file in the field of that label, as by the dialog of the system. */
export async function chooseFile(page: Page, label: string | RegExp, name: string, text: string): Promise<void> {
  await page.getByLabel(label).setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
}

/** Drops files onto the place of that label, by the events of a real drop. */
export async function dropFiles(
  page: Page,
  label: string | RegExp,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  // An expression of the page's own: this side knows no DOM.
  const data = await page.evaluateHandle(`{
    const transfer = new DataTransfer();
    for (const { name, text } of ${JSON.stringify(files)}) transfer.items.add(new File([text], name));
    transfer;
  }`);
  // The text of the place is inside it; the event goes up.
  const place = page.getByText(label);
  await place.dispatchEvent("dragover", { dataTransfer: data });
  await place.dispatchEvent("drop", { dataTransfer: data });
}

/** What a click downloads. */
export async function downloadBy(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}
