/** What `rtmm init --python` writes: the helper for policies in Python, and examples. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package-folder.ts";
import type { NewFile } from "./write-files.ts";

/** The helper first. */
export const pythonFiles = (): readonly NewFile[] =>
  ["rtmm.py", "policy.py", "train.py"].map((path) => ({
    path,
    text: readFileSync(join(packageFolder, "python", path), "utf8"),
  }));
