/** From directives to levels of six loops each. Source: docs/references.md#maestro-levels. */
import { clusterPes, type MappingLevel, mappingLevelsOf } from "../core/dataflows.ts";
import type { Dataflow } from "../core/system.ts";

/** Dimensions of a loop nest; Y and X are rows and columns (of inputs or outputs, as the model says). */
export const dimension = { K: 0, C: 1, R: 2, S: 3, Y: 4, X: 5 } as const;
export const dimensionCount = 6;

/** The filter dimension that slides along Y or X; -1 for the others. */
export const filterOf: readonly number[] = [-1, -1, -1, -1, dimension.R, dimension.S];

export interface Loop {
  readonly dimension: number;
  /** Written in outputs (`X'`, `Y'`), not inputs. */
  readonly isOfOutputs: boolean;
  /** Infinity: the whole dimension of the layer. */
  readonly size: number;
  readonly step: number;
  readonly isSpatial: boolean;
}

export interface Level {
  /** Parallel units at this level. */
  readonly units: number;
  /** One loop per dimension, outer to inner. */
  readonly loops: readonly Loop[];
}

/** Entry `index` of a list of NoC bandwidths; a list that is too short repeats its last entry. */
export const bandwidthAt = (nocElementsPerCycle: readonly number[], index: number): number =>
  nocElementsPerCycle[Math.min(index, nocElementsPerCycle.length - 1)]!;

/** How a mapping's output sizes (`X'`, `Y'`) become loops: as written, or turned into input sizes. */
export type HaloRule = (loop: Loop, levelLoops: readonly Loop[]) => Loop;

/** Completed levels, outermost first; undefined if there are too few PEs for one cluster. */
export function levelsOf(dataflow: Dataflow, pes: number, haloRule: HaloRule): readonly Level[] | undefined {
  const outerUnits = Math.floor(pes / clusterPes(dataflow));
  if (outerUnits < 1) return undefined;
  const levels: Level[] = [];
  for (const level of mappingLevelsOf(dataflow)) {
    const written = writtenLoops(level).map((loop, _, all) => haloRule(loop, all));
    const outer = levels.at(-1);
    const loops = outer === undefined ? withWholeDimensions(written) : withInherited(written, outer.loops);
    levels.push({ units: outer === undefined ? outerUnits : level.clusterSize, loops });
  }
  return levels;
}

function writtenLoops(level: MappingLevel): readonly Loop[] {
  return level.maps.map((map) => ({
    dimension: dimension[map.dimension.charAt(0) as keyof typeof dimension],
    isOfOutputs: map.dimension.endsWith("'"),
    size: map.size,
    step: map.step,
    isSpatial: map.kind === "spatial",
  }));
}

/** The outermost level covers the whole of each dimension that it does not name. */
function withWholeDimensions(written: readonly Loop[]): readonly Loop[] {
  const { C, K, R, S, X, Y } = dimension;
  const missing = [C, K, R, S, X, Y].filter((wanted) => !names(written, wanted));
  return [...written, ...missing.map(wholeLoop)];
}

function wholeLoop(wanted: number): Loop {
  return { dimension: wanted, isOfOutputs: false, size: Infinity, step: Infinity, isSpatial: false };
}

/** An inner level inherits the loops that it does not name. Each goes in front, so their order is reversed. */
function withInherited(written: readonly Loop[], outer: readonly Loop[]): readonly Loop[] {
  const missing = outer.filter((loop) => !names(written, loop.dimension));
  return [...missing.reverse().map((loop) => ({ ...loop, isSpatial: false })), ...written];
}

const names = (loops: readonly Loop[], wanted: number): boolean => loops.some((loop) => loop.dimension === wanted);
