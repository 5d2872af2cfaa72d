/** Where rtmm itself is. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Two folders up from src/files and dist/files, and from dist/program/program.cjs. */
export const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** What `rtmm complete` knows, written when rtmm is built. */
export const completionFile = join(packageFolder, "dist/completion.json");

/** The help of each command, written when rtmm is built. */
export const helpFile = join(packageFolder, "dist/help.json");
