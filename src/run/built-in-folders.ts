/** Where the files that come with rtmm lie, in its package and in memory alike. */
import type { FileKind } from "../scenario/resolver.ts";

/** Files name models, scenarios, suites and systems; experiments are named on the command line alone. */
export type BuiltInKind = FileKind | "experiment";

/** From the package's own folder. */
export const builtInFolders: Readonly<Record<BuiltInKind, string>> = {
  model: "workloads/models",
  scenario: "workloads/scenarios",
  suite: "workloads/suites",
  system: "hardware",
  experiment: "workloads/experiments",
};
