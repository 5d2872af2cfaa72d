/** Options of every `rtmm import <format>`. */
import type { Command } from "commander";

export interface ImportCommandOptions {
  readonly out?: string;
  readonly force?: true;
}

export const declareImportOptions = (declaration: Command): Command =>
  declaration
    .option("-o, --out <folder>", "write files to this folder (default: print a single file)")
    .option("--force", "overwrite existing files");
