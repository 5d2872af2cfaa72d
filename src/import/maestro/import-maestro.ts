/** Converts MAESTRO/XRBench text files to rtmm's. All problems of a file come in one InputError. */

import { clusterPes } from "../../core/dataflows.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { counted } from "../counted.ts";
import { baseName, distinctNames, fileName, idsOf, kebabCase } from "../ids.ts";
import type {
  ImportedFile,
  ImportOptions,
  ImportReport,
  ImportResult,
  LeftOut,
  SourceFile,
  Warn,
} from "../imported.ts";
import { Reporter } from "../reporter.ts";
import { type MaestroDataflow, readMaestroDataflows } from "./dataflow.ts";
import { detectMaestroFormat, type MaestroFormat } from "./format.ts";
import { withoutTable } from "./gamma-table.ts";
import { type MaestroAccelerator, readMaestroHardware } from "./hardware.ts";
import { ignoredSizes } from "./layer.ts";
import { modelYaml } from "./model-yaml.ts";
import type { MaestroNetwork } from "./network.ts";
import { scenarioYaml } from "./scenario-yaml.ts";
import { systemYaml } from "./system-yaml.ts";
import { detectDialect, hasOwnMark, type MaestroDialect } from "./upstream/dialect.ts";
import { importUpstream, type UpstreamOptions, type UpstreamSources } from "./upstream/import-upstream.ts";
import { readMaestroWorkload } from "./workload.ts";

export interface MaestroOptions extends UpstreamOptions {
  /** Absent: told by the content of each file. */
  readonly dialect?: MaestroDialect;
}

/**
 * Workloads, mappings, hardware and dataflows, in any order: their content tells which is which, and whether they are
 * MAESTRO's own or of the artifact's dialect. Throws RequestError if files do not belong together, InputError with all
 * problems of a file.
 */
export function importMaestro(files: readonly SourceFile[], options: MaestroOptions = {}, warn?: Warn): ImportResult {
  const sources = files.map(withoutTable);
  const { workload, hardware, dataflows } = byFormat(sources);
  const isArtifact = ({ text }: SourceFile): boolean => (options.dialect ?? detectDialect(text)) === "xrbench";
  const isOwn = (source: SourceFile): boolean => !isArtifact(source);
  // Dataflows have few marks of their own, so they go where their hardware goes.
  const areArtifacts = hardware.some(isArtifact) || isOnlyArtifact(sources, isArtifact);
  const ofArtifact = options.dialect === undefined ? areArtifacts : options.dialect === "xrbench";
  const artifact = importArtifact(
    {
      workload: workload.filter(isArtifact),
      hardware: hardware.filter(isArtifact),
      dataflows: ofArtifact ? dataflows : [],
    },
    options,
    warn,
  );
  const own = importUpstream(
    {
      workload: workload.filter(isOwn),
      hardware: hardware.filter(isOwn),
      dataflows: ofArtifact ? [] : dataflows,
    },
    options,
    warn,
  );
  return joinedResults(artifact, own);
}

/** Dataflows with nothing of MAESTRO's own beside them, nor in them. */
function isOnlyArtifact(sources: readonly SourceFile[], isArtifact: (source: SourceFile) => boolean): boolean {
  const others = sources.filter(({ text }) => detectMaestroFormat(text) !== "dataflows");
  return others.every(isArtifact) && !sources.some(({ text }) => hasOwnMark(text));
}

function joinedResults(first: ImportResult, second: ImportResult): ImportResult {
  const { taken, left, totals } = first.report;
  const more = second.report;
  return {
    files: [...first.files, ...second.files],
    report: {
      taken: [...taken, ...more.taken],
      left: [...left, ...more.left],
      totals: [...totals, ...more.totals],
    },
  };
}

function importArtifact(
  { workload, hardware, dataflows }: UpstreamSources,
  options: ImportOptions,
  warn?: Warn,
): ImportResult {
  checkPairs(hardware, dataflows);
  const workloads = workload.map(({ text, file }) => importMaestroWorkload(text, file, options, warn));
  const systems = hardware.map((each, i) => {
    const flow = dataflows[i]!;
    return { file: importMaestroSystem(each, flow, options, warn), sources: [each.file, flow.file] };
  });
  const systemsTaken = systems.map((each) => `a system from ${each.sources.map(fileName).join(" and ")}`);
  return {
    files: [...workloads.flatMap(({ models, scenario }) => [...models, scenario]), ...systems.map(({ file }) => file)],
    report: {
      taken: [...workloads.flatMap(({ report }) => report.taken), ...systemsTaken],
      left: workloads.flatMap(({ report }) => report.left),
      totals: workloads.flatMap(({ report }) => report.totals),
    },
  };
}

function byFormat(sources: readonly SourceFile[]): Readonly<Record<MaestroFormat, readonly SourceFile[]>> {
  const files: Record<MaestroFormat, SourceFile[]> = { workload: [], dataflows: [], hardware: [] };
  for (const source of sources) {
    const format = detectMaestroFormat(source.text);
    if (format === undefined) throw new RequestError(`${source.file} contains no Network, Dataflow or hardware`);
    files[format].push(source);
  }
  return files;
}

function checkPairs(hardware: readonly SourceFile[], dataflows: readonly SourceFile[]): void {
  if (hardware.length === dataflows.length && hardware.length <= 1) return;
  if (hardware.length > 1 || dataflows.length > 1) {
    throw new RequestError("a system needs one hardware and one dataflow file; import one system at a time");
  }
  const [lonely, missing] = hardware.length === 1 ? [hardware[0]!, "dataflow"] : [dataflows[0]!, "hardware"];
  throw new RequestError(`${lonely.file} needs the ${missing} file of the same system; name both`);
}

export interface ImportedWorkload {
  /** One for each network, in file order. */
  readonly models: readonly ImportedFile[];
  /** Its tasks name the models, which belong beside it. */
  readonly scenario: ImportedFile;
  readonly report: ImportReport;
}

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
  const ids = idsOf(
    networks.map(({ name }) => name),
    "network",
  );
  const [scenarioName = "scenario"] = distinctNames([kebabCase(baseName(file), "scenario")], ids);
  return {
    models: networks.map((network, index) => modelYaml(network, ids[index] ?? "", file, options)),
    scenario: scenarioYaml(networks, ids, scenarioName, file, options),
    report: reportOf(networks, ids, file),
  };
}

function reportOf(networks: readonly MaestroNetwork[], ids: readonly string[], file: string): ImportReport {
  const layers = networks.reduce((sum, network) => sum + network.layers.length, 0);
  const what = `${counted(networks.length, "network")} of ${counted(layers, "layer")}`;
  return {
    taken: [`${what} and the scenario that runs them from ${fileName(file)}`],
    left: networks.flatMap((network) => ignoredIn(network, file)),
    totals: networks.map((network, i) => ({ model: ids[i]!, layers: network.layers.length })),
  };
}

function ignoredIn({ name, at, layers }: MaestroNetwork, file: string): LeftOut[] {
  const count = layers.reduce((sum, layer) => sum + ignoredSizes(layer).length, 0);
  if (count === 0) return [];
  const first = { file, line: at.line, column: at.column };
  return [
    {
      what: `stride or N of ${name}`,
      count,
      why: "the artifact ignores it, --dialect maestro does not; kept as a comment",
      first,
    },
  ];
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
  const counts = `${counted(accelerators.length, "Accelerator")} and ${counted(dataflows.length, "Dataflow")}; there must be as many of each`;
  const alone = accelerators[dataflows.length];
  if (alone !== undefined) hardware.report(alone.at, "WRONG_LENGTH", `there are ${counts}`);
  const idle = dataflows[accelerators.length];
  if (idle !== undefined) dataflow.report(idle.at, "WRONG_LENGTH", `there are ${counts}`);
}

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
