/** The named dataflows, and the rules that every dataflow must obey. */
import type { Dataflow, DataflowDimension, Directive } from "./system.ts";

type MapDirective = Exclude<Directive, { kind: "cluster" }>;

const temporal = (size: number, step: number, dimension: DataflowDimension): Directive => {
  return { kind: "temporal", size, step, dimension };
};
const spatial = (size: number, step: number, dimension: DataflowDimension): Directive => {
  return { kind: "spatial", size, step, dimension };
};
const cluster = (size: number): Directive => ({ kind: "cluster", size });

/** Weight-stationary, NVDLA-like. Source: XRBench MLSys 2023 artifact, dataflows/single/WS.m. */
export const ws: Dataflow = {
  name: "ws",
  directives: [
    temporal(16, 16, "C"),
    temporal(16, 16, "K"),
    temporal(1, 1, "Y'"),
    spatial(1, 1, "X'"),
    cluster(16),
    spatial(1, 1, "K"),
    temporal(64, 64, "C"),
    temporal(1, 1, "Y'"),
    temporal(1, 1, "X'"),
    cluster(16),
    spatial(1, 1, "C"),
  ],
};

/** Output-stationary, Shi-diannao-like. Source: XRBench MLSys 2023 artifact, dataflows/single/OS.m. */
export const os: Dataflow = {
  name: "os",
  directives: [
    temporal(1, 1, "K"),
    spatial(1, 1, "Y'"),
    temporal(4, 4, "X'"),
    temporal(16, 16, "C"),
    cluster(4),
    spatial(1, 1, "X'"),
    cluster(16),
    spatial(1, 1, "C"),
  ],
};

/** Row-stationary, Eyeriss-like. Source: XRBench MLSys 2023 artifact, dataflows/single/RS.m. */
export const rs: Dataflow = {
  name: "rs",
  directives: [
    temporal(1, 1, "Y'"),
    temporal(16, 16, "X'"),
    temporal(4, 4, "C"),
    spatial(1, 1, "K"),
    cluster(16),
    temporal(1, 1, "Y'"),
    spatial(1, 1, "X'"),
    temporal(4, 4, "C"),
    temporal(1, 1, "K"),
    cluster(4),
    spatial(1, 1, "Y"),
    spatial(1, 1, "R"),
  ],
};

export const dataflowPresets: readonly Dataflow[] = [ws, os, rs];

/** The directives between two Cluster directives: one level of a mapping. */
export interface MappingLevel {
  /** Parts that the level above is cut into; 0 for the outermost, whose number follows from the PEs. */
  readonly clusterSize: number;
  readonly maps: readonly MapDirective[];
}

/** The levels of a dataflow, outermost first. */
export function mappingLevelsOf(dataflow: Dataflow): readonly MappingLevel[] {
  const levels: { clusterSize: number; maps: MapDirective[] }[] = [{ clusterSize: 0, maps: [] }];
  for (const directive of dataflow.directives) {
    if (directive.kind === "cluster") levels.push({ clusterSize: directive.size, maps: [] });
    else levels.at(-1)?.maps.push(directive);
  }
  return levels;
}

/** PEs that one unit of the outermost level takes; an accelerator needs at least as many. */
export function clusterPes(dataflow: Dataflow): number {
  return mappingLevelsOf(dataflow).reduce((pes, level) => pes * Math.max(1, level.clusterSize), 1);
}

/** What is wrong with a dataflow, in words that follow its name; undefined: nothing. */
export function dataflowProblem(dataflow: Dataflow): string | undefined {
  return mappingLevelsOf(dataflow)
    .map(({ maps }, level) => levelProblem(maps, level))
    .find((problem) => problem !== undefined);
}

/** Source: docs/references.md#maestro-levels. */
function levelProblem(maps: readonly MapDirective[], level: number): string | undefined {
  const where = level === 0 ? "before the first Cluster" : `after Cluster ${level}`;
  const spatialMaps = maps.filter((map) => map.kind === "spatial").length;
  if (spatialMaps === 0) return `needs a SpatialMap ${where}`;
  if (spatialMaps > 2) return `has ${spatialMaps} SpatialMaps ${where}; at most 2 are possible`;
  const names = maps.map((map) => map.dimension.charAt(0));
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  return repeated === undefined ? undefined : `maps ${repeated} twice ${where}`;
}
