/** Options of every `rtmm export <format>`. */
import type { Command } from "commander";

export interface ExportCommandOptions {
  readonly out?: string;
  readonly lossy?: true;
  /** Of costs. */
  readonly system?: string;
}

export const declareExportOptions = (declaration: Command): Command =>
  declaration
    .option("-o, --out <file>", "write to this file (default: -, stdout)")
    .option("--lossy", "write what the format can hold, and tell what is lost");
