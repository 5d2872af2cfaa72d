/** Writes reproductions to results/reproduce or a user's folder. */
import { join } from "node:path";
import { makeFolder, OutputFile, removeEmptyFolders } from "../../files/output-file.ts";
import { reproductionFormats } from "../../output/reproduce/index.ts";
import type { Reproduction } from "../../records/reproduction.ts";
import type { Paper } from "./paper.ts";

export const RESULTS_FOLDER = "results/reproduce";

/** The name of each format, as in `--format`, and the extension of its file. */
const kept = [
  ["json", "json"],
  ["markdown", "md"],
] as const;

export interface ResultFiles {
  /** Returns the paths of the files. */
  write(reproduction: Reproduction): readonly string[];
  abandon(): void;
}

/** Opens the files of a paper before anything runs. Throws RequestError if a file cannot be written. */
export function resultFiles(folder: string, { name }: Paper): ResultFiles {
  const made = makeFolder(folder);
  const files = kept.map(([format, ending]) => {
    const path = join(folder, `${name}.${ending}`);
    return { format, path, file: new OutputFile(path) };
  });
  return {
    write(reproduction) {
      for (const { format, file } of files) {
        file.write(rendered(reproduction, format));
        file.finish();
      }
      return files.map(({ path }) => path);
    },
    abandon() {
      for (const { file } of files) file.abandon();
      removeEmptyFolders(made);
    },
  };
}

export const rendered = (reproduction: Reproduction, format: "json" | "markdown"): string =>
  reproductionFormats.find(({ name }) => name === format)!.render([reproduction], { color: "never" });
