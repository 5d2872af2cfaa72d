/** Writes a few small files to a folder. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RequestError } from "../input/request-error.ts";

/** Text by file name; files that are there are replaced. Throws RequestError if it cannot. */
export function writeTextFiles(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  } catch (error) {
    throw new RequestError(`cannot write to ${folder}: ${(error as Error).message}`);
  }
}
