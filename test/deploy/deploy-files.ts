import { readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";

/** What a YAML file of `deploy/` holds, as far as tests look into it. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of these files is what is being tested
export type Content = any;

export const FOLDER = "deploy";

export function readText(file: string): string {
  return readFileSync(`${FOLDER}/${file}`, "utf8");
}

/** All documents of a file. @throws where it is no YAML */
export function readDocuments(file: string): Content[] {
  return parseAllDocuments(readText(file), { merge: true }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });
}

/** The only document of a file. Variables of Compose are as they are where nobody sets them; those that must be set, `given`. */
export function readDocument(file: string): Content {
  const text = readText(file)
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1")
    .replaceAll(/\$\{\w+:\?[^}]*\}/g, "given");
  return parse(text, { merge: true });
}

/** Instructions of the Dockerfile, lines that go on put together. */
export function readDockerfile(): { readonly instruction: string; readonly rest: string }[] {
  return readText("Dockerfile")
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [instruction = "", ...rest] = line.split(" ");
      return { instruction, rest: rest.join(" ") };
    });
}
