/** Output files that a user names. */
import { RequestError } from "../input/request-error.ts";
import type { Library } from "./library.ts";
import { isSpecial, OutputFile } from "./output-file.ts";

/** Throws RequestError for another ending, for an input of this command, and if the file cannot be written. */
export function openNamed(name: string, endings: readonly string[], library: Library): OutputFile {
  const path = library.absolute(name);
  checkEnding(name, endings, path);
  library.keepInput(path);
  return new OutputFile(path);
}

/** `path`: absolute. A device or a pipe has any name. */
export function checkEnding(name: string, endings: readonly string[], path: string): void {
  if (isSpecial(path) || endings.some((ending) => name.toLowerCase().endsWith(ending))) return;
  throw new RequestError(`${name} must end in ${endingsText(endings)}`);
}

/** `.csv`, `.svg, .pdf or .png`. */
export const endingsText = (endings: readonly string[]): string =>
  [endings.slice(0, -1).join(", "), endings.at(-1)!].filter((text) => text !== "").join(" or ");
