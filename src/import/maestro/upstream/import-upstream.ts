/** Converts MAESTRO's own models, mappings and hardware. */
import { clusterPes, dataflowPresets } from "../../../core/dataflows.ts";
import { ProblemList } from "../../../input/problem-list.ts";
import { RequestError } from "../../../input/request-error.ts";
import { baseName, distinctNames, fileName, idsOf, kebabCase } from "../../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, ModelTotals, SourceFile, Warn } from "../../imported.ts";
import { LeftOuts } from "../../left-out.ts";
import { Reporter } from "../../reporter.ts";
import { scenarioYaml } from "../scenario-yaml.ts";
import { readUpstreamHardware, type UpstreamHardware } from "./hardware.ts";
import type { UpstreamLayer } from "./layer.ts";
import { hasMappings, layerMappings } from "./layer-mappings.ts";
import { type GroupChannels, upstreamModel } from "./model-yaml.ts";
import { rtmmDataflow } from "./rtmm-dataflow.ts";
import { type NamedMapping, upstreamSystem } from "./system-yaml.ts";
import {
  isScheduled,
  readUpstreamDataflows,
  readUpstreamWorkload,
  type UpstreamDataflow,
  type UpstreamNetwork,
} from "./workload.ts";

export interface UpstreamOptions extends ImportOptions {
  /** Of a system whose files have no mapping. */
  readonly dataflow?: string;
  readonly groupChannels?: GroupChannels;
}

export interface UpstreamSources {
  readonly workload: readonly SourceFile[];
  readonly hardware: readonly SourceFile[];
  readonly dataflows: readonly SourceFile[];
}

/** Throws an InputError with the problems of all files. */
export function importUpstream(sources: UpstreamSources, options: UpstreamOptions, warn?: Warn): ImportResult {
  const problems = new ProblemList();
  const reporterOf = ({ text, file }: SourceFile) => new Reporter(text, file, problems);
  const workloads = sources.workload.map((source) => ({
    file: source.file,
    networks: readUpstreamWorkload(source.text, reporterOf(source)),
  }));
  const machines = sources.hardware.map((source) => {
    const reporter = reporterOf(source);
    return { file: source.file, reporter, hardware: readUpstreamHardware(source.text, reporter) };
  });
  const flows = sources.dataflows.map((source) => {
    const reporter = reporterOf(source);
    return { file: source.file, reporter, dataflows: readUpstreamDataflows(source.text, reporter) };
  });
  const pieces: Pieces = { files: [], taken: [], totals: [], left: new LeftOuts() };
  if (problems.errorCount === 0) {
    for (const { file, networks } of workloads) addWorkload(file, networks, options, pieces);
    addSystems(machines, mappingSources(workloads, flows, pieces.left), options, pieces);
  }
  problems.finish(warn);
  const { files, taken, totals, left } = pieces;
  return { files, report: { taken, left: left.list(), totals } };
}

interface Pieces {
  readonly files: ImportedFile[];
  readonly taken: string[];
  readonly totals: ModelTotals[];
  readonly left: LeftOuts;
}

const namesOf = ({ files }: Pieces): string[] => files.map(({ name }) => name);

function addWorkload(
  file: string,
  networks: readonly UpstreamNetwork[],
  options: UpstreamOptions,
  pieces: Pieces,
): void {
  const { groupChannels = "each" } = options;
  const titles = networks.map(({ name }) => name);
  const ids = idsOf(titles, "network", namesOf(pieces));
  for (const [index, network] of networks.entries()) {
    const { file: written, totals } = upstreamModel(network, ids[index]!, file, groupChannels, options);
    pieces.files.push(written);
    pieces.totals.push(totals);
    const count = network.layers.length;
    pieces.taken.push(`${count} ${count === 1 ? "layer" : "layers"} of ${ids[index]} from ${fileName(file)}`);
    if (groupChannels === "each") doubtGroups(network.layers, pieces.taken);
  }
  if (!isScheduled(networks)) return;
  const [name = "scenario"] = distinctNames([kebabCase(baseName(file), "scenario")], namesOf(pieces));
  pieces.files.push(scenarioYaml(networks, ids, name, file, options));
  pieces.taken.push(`the scenario that runs them from ${fileName(file)}`);
}

/** Files that count C of all groups: the layer before gives C channels, not G times C. */
function doubtGroups(layers: readonly UpstreamLayer[], taken: string[]): void {
  const doubtful = layers.filter(({ type, sizes }, index) => {
    const before = layers[index - 1];
    return type === "NGCONV" && before !== undefined && (sizes.G ?? 1) > 1 && channelsFrom(before) === sizes.C;
  });
  if (doubtful.length === 0) return;
  const what = `${doubtful.length} NGCONV with C of each group, as MAESTRO counts them`;
  taken.push(`${what}; the layers before suggest C of all groups, which --group-channels all takes`);
}

function channelsFrom({ type, sizes: { K = 1, C = 1, G = 1 } }: UpstreamLayer): number {
  if (type === "DSCONV") return K * C;
  return type === "NGCONV" ? G * K : K;
}

interface MappingSource {
  readonly file: string;
  /** The accelerator runs the first. */
  readonly mappings: readonly NamedMapping[];
}

function mappingSources(
  workloads: readonly { readonly file: string; readonly networks: readonly UpstreamNetwork[] }[],
  flows: readonly {
    readonly file: string;
    readonly reporter: Reporter;
    readonly dataflows: readonly UpstreamDataflow[];
  }[],
  left: LeftOuts,
): MappingSource[] {
  const ofLayers = workloads
    .filter(({ networks }) => hasMappings(networks))
    .map(({ file, networks }) => ({ file, mappings: layerMappings(networks, file, left) }));
  const ofFiles = flows.map(({ file, reporter, dataflows }) => ({
    file,
    mappings: dataflows.flatMap((dataflow, index) => fileMapping(dataflow, index, dataflows.length, file, reporter)),
  }));
  return [...ofLayers, ...ofFiles];
}

function fileMapping(
  { at, directives }: UpstreamDataflow,
  index: number,
  count: number,
  file: string,
  reporter: Reporter,
): NamedMapping[] {
  const converted = rtmmDataflow(directives);
  const name = `${kebabCase(baseName(file), "dataflow")}${count === 1 ? "" : `-${index + 1}`}`;
  const isPreset = dataflowPresets.some((preset) => preset.name === name);
  if ("directives" in converted) return [{ name: isPreset ? `${name}-imported` : name, ...converted }];
  reporter.report(at, "BAD_DIRECTIVE", `this Dataflow ${converted.problem}`);
  return [];
}

interface Machine {
  readonly file: string;
  readonly reporter: Reporter;
  readonly hardware: UpstreamHardware;
}

/** A system for each pair of hardware and mapping. */
function addSystems(
  machines: readonly Machine[],
  sources: readonly MappingSource[],
  options: UpstreamOptions,
  pieces: Pieces,
): void {
  for (const { file, mappings } of machines.length === 0 ? sources : []) {
    const why = "a system needs the hardware file as well";
    pieces.left.add("dataflow", why, file, undefined, mappings.length);
  }
  for (const machine of machines) {
    leaveOutKeys(machine, pieces.left);
    if (sources.length === 0) addPlainSystem(machine, options, pieces);
    for (const source of sources) addMappedSystem(machine, source, options, pieces);
  }
}

function leaveOutKeys({ hardware, file }: Machine, left: LeftOuts): void {
  for (const key of hardware.ignored)
    left.add(key.text, "rtmm has no local memories of PEs, and no hops between them", file, key);
}

function addPlainSystem(machine: Machine, options: UpstreamOptions, pieces: Pieces): void {
  const { dataflow = "ws" } = options;
  const preset = dataflowPresets.find(({ name }) => name === dataflow);
  if (preset === undefined) {
    const known = dataflowPresets.map(({ name }) => name).join(", ");
    throw new RequestError(`unknown dataflow "${dataflow}"; rtmm has ${known}`);
  }
  checkPes(machine, preset.directives, dataflow);
  const why = `the hardware has none, so the system runs ${dataflow}; --dataflow chooses another`;
  pieces.left.add("dataflow", why, machine.file);
  addSystem(machine, dataflow, [], [machine.file], options, pieces);
}

function addMappedSystem(machine: Machine, source: MappingSource, options: UpstreamOptions, pieces: Pieces): void {
  const [used] = source.mappings;
  if (used === undefined) {
    addPlainSystem(machine, options, pieces);
    return;
  }
  checkPes(machine, used.directives, used.name);
  addSystem(machine, used.name, source.mappings, [machine.file, source.file], options, pieces);
}

function checkPes({ hardware, reporter }: Machine, directives: NamedMapping["directives"], dataflow: string): void {
  const needed = clusterPes({ name: "", directives });
  if (hardware.pes >= needed) return;
  const message = `${hardware.pes} PEs, but a cluster of the dataflow ${dataflow} needs ${needed}`;
  reporter.report(hardware.at, "TOO_SMALL", message);
}

function addSystem(
  { hardware }: Machine,
  dataflow: string,
  mappings: readonly NamedMapping[],
  sources: readonly string[],
  options: UpstreamOptions,
  pieces: Pieces,
): void {
  const wanted = kebabCase(sources.map(baseName).join("_"), "system");
  const [name = wanted] = distinctNames([wanted], namesOf(pieces));
  pieces.files.push(upstreamSystem(name, hardware, dataflow, mappings, sources, options));
  pieces.taken.push(`a system of ${hardware.pes} PEs from ${sources.map(fileName).join(" and ")}`);
}
