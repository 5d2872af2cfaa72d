/** Converts the artifact's files to rtmm's. All problems of the files come in one InputError. */
import { clusterPes } from "../../core/dataflows.ts";
import type { Problem } from "../../input/problem.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { type MaestroDataflow, readMaestroDataflows } from "./dataflow.ts";
import { type MaestroAccelerator, readMaestroHardware } from "./hardware.ts";
import { modelYaml } from "./model-yaml.ts";
import { baseName, distinctNames, kebabCase } from "./names.ts";
import { Reporter } from "./reporter.ts";
import { scenarioYaml } from "./scenario-yaml.ts";
import { systemYaml } from "./system-yaml.ts";
import { readMaestroWorkload } from "./workload.ts";
import type { ImportedFile, ImportOptions } from "./yaml-file.ts";

export interface SourceFile {
  readonly text: string;
  /** As problems name it. */
  readonly file: string;
}

export interface ImportedWorkload {
  /** One for each network, in file order. */
  readonly models: readonly ImportedFile[];
  /** Its tasks name the models, which belong beside it. */
  readonly scenario: ImportedFile;
}

export type Warn = (problem: Problem) => void;

/** A workload file as models and the scenario that runs them. Throws an InputError with all problems of the file. */
export function importMaestroWorkload(
  text: string,
  file: string,
  options: ImportOptions = {},
  warn?: Warn,
): ImportedWorkload {
  const problems = new ProblemList();
  const networks = readMaestroWorkload(text, new Reporter(text, file, problems));
  problems.finish(warn);
  const ids = distinctNames(networks.map(({ name }, index) => kebabCase(name, `network-${index + 1}`)));
  const [scenarioName = "scenario"] = distinctNames([kebabCase(baseName(file), "scenario")], ids);
  return {
    models: networks.map((network, index) => modelYaml(network, ids[index] ?? "", file, options)),
    scenario: scenarioYaml(networks, ids, scenarioName, file, options),
  };
}

/** A hardware and a dataflow file as a system. Throws an InputError with all problems of both. */
export function importMaestroSystem(
  hardware: SourceFile,
  dataflow: SourceFile,
  options: ImportOptions = {},
  warn?: Warn,
): ImportedFile {
  const problems = new ProblemList();
  const hardwareReporter = new Reporter(hardware.text, hardware.file, problems);
  const accelerators = readMaestroHardware(hardware.text, hardwareReporter);
  const dataflowReporter = new Reporter(dataflow.text, dataflow.file, problems);
  const dataflows = readMaestroDataflows(dataflow.text, dataflowReporter);
  if (problems.errorCount === 0) {
    checkCounts(accelerators, dataflows, hardwareReporter, dataflowReporter);
    checkPes(accelerators, dataflows, hardwareReporter);
  }
  problems.finish(warn);
  return systemYaml(accelerators, dataflows, [hardware.file, dataflow.file], options);
}

function checkCounts(
  accelerators: readonly MaestroAccelerator[],
  dataflows: readonly MaestroDataflow[],
  hardware: Reporter,
  dataflow: Reporter,
): void {
  const counts = `${counted(accelerators, "Accelerator")} and ${counted(dataflows, "Dataflow")}; there must be as many of each`;
  const alone = accelerators[dataflows.length];
  if (alone !== undefined) hardware.report(alone.at, "WRONG_LENGTH", `there are ${counts}`);
  const idle = dataflows[accelerators.length];
  if (idle !== undefined) dataflow.report(idle.at, "WRONG_LENGTH", `there are ${counts}`);
}

const counted = (list: readonly unknown[], what: string): string =>
  `${list.length} ${what}${list.length === 1 ? "" : "s"}`;

function checkPes(
  accelerators: readonly MaestroAccelerator[],
  dataflows: readonly MaestroDataflow[],
  reporter: Reporter,
): void {
  accelerators.forEach(({ at, name, pes }, index) => {
    const needed = clusterPes({ name: "", directives: dataflows[index]?.directives ?? [] });
    if (pes >= needed) return;
    reporter.report(at, "TOO_SMALL", `${name} has ${pes} PEs, but a cluster of its dataflow needs ${needed}`);
  });
}
