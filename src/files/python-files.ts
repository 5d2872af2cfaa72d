/** What `rtmm init --python` writes: the helper for policies in Python, and examples. */
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { RequestError } from "../input/request-error.ts";
import { packageFolder } from "./package-folder.ts";

/** The helper first. */
export const pythonFiles = ["rtmm.py", "policy.py", "train.py"] as const;

export interface PythonFilesOptions {
  /** Absolute. It need not exist. */
  readonly folder: string;
  /** What happens to files that are there. */
  readonly present: "refuse" | "replace";
}

/** Throws RequestError, and writes nothing, if a file is there that must stay. */
export function writePythonFiles({ folder, present }: PythonFilesOptions): void {
  const there = pythonFiles.filter((file) => existsSync(join(folder, file)));
  if (present === "refuse" && there.length > 0)
    throw new RequestError(`${join(folder, there[0]!)} is there already; --force replaces it`);
  mkdirSync(folder, { recursive: true });
  for (const file of pythonFiles) copyFileSync(join(packageFolder, "python", file), join(folder, file));
}
