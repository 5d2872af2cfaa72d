/** Writes the files of a command that makes several: all of them or none. */
import { existsSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { RequestError } from "../input/request-error.ts";
import { makeFolder, OutputFile, removeEmptyFolders } from "./output-file.ts";

export interface NewFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface WriteOptions {
  /** Absolute. It need not exist. */
  readonly folder: string;
  /** What happens to files that are there. */
  readonly present: "refuse" | "replace";
  /** How the user is shown a path. */
  shown(path: string): string;
}

/** Returns the paths as they are shown. Throws RequestError if a file cannot be written, and takes back those that are new. */
export function writeFiles(files: readonly NewFile[], options: WriteOptions): readonly string[] {
  checkFiles(files, options);
  const undo: (() => void)[] = [];
  try {
    return files.map(({ path, text }) => {
      const whole = join(options.folder, path);
      const made = makeFolder(dirname(whole));
      undo.push(() => removeEmptyFolders(made));
      const isNew = !existsSync(whole);
      writeFile(whole, text);
      if (isNew) undo.push(() => rmSync(whole, { force: true }));
      return options.shown(whole);
    });
  } catch (error) {
    for (const each of undo.toReversed()) each();
    throw error;
  }
}

function writeFile(path: string, text: string): void {
  const file = new OutputFile(path);
  try {
    file.write(text);
    file.finish();
  } finally {
    file.abandon();
  }
}

/** Throws RequestError if two files have the same path, or if something is there that must stay. */
export function checkFiles(files: readonly Pick<NewFile, "path">[], { folder, present, shown }: WriteOptions): void {
  const paths = files.map(({ path }) => join(folder, path));
  const twin = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twin !== undefined) {
    throw new RequestError(`two files would be written to ${shown(twin)}; import them into separate folders`);
  }
  const there = paths.filter((path) => existsSync(path));
  const inTheWay = there.find((path) => statSync(path).isDirectory());
  if (inTheWay !== undefined) throw new RequestError(`cannot write ${shown(inTheWay)}: it is a folder`);
  if (there.length === 0 || present === "replace") return;
  const list = there.map(shown).join(", ");
  throw new RequestError(`these files exist, so nothing was written: ${list} (--force overwrites)`);
}
