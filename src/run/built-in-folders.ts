/** Folders of the files that come with rtmm, both in its package and in memory. */
import type { FileKind } from "../scenario/resolver.ts";

/** Other files can name models, scenarios, suites and systems. Only the command line names experiments and ranges. */
export type BuiltInKind = FileKind | "experiment" | "ranges";

/** Relative to the package folder. */
export const builtInFolders: Readonly<Record<BuiltInKind, string>> = {
  model: "workloads/models",
  scenario: "workloads/scenarios",
  suite: "workloads/suites",
  system: "hardware",
  experiment: "workloads/experiments",
  ranges: "workloads/ranges",
};
