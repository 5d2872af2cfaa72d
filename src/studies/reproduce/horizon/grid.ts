/** The cases of horizon's comparison: scenarios on systems under loads, as they are and with what upsets a plan. */
import type { Scenario, Task } from "../../../core/scenario.ts";
import { periodOf } from "../../../core/scenario.ts";
import { findScenarios } from "../../../files/find-scenarios.ts";
import type { Library } from "../../../files/library.ts";
import type { Variation } from "../../../records/run-result.ts";

export interface Grid {
  readonly blocks: readonly Block[];
  /** Factors on all rates. */
  readonly loads: readonly number[];
  /** The systems on which plans are upset, too. They are among those of the blocks. */
  readonly upsetSystems: readonly string[];
  readonly upsets: readonly Upset[];
}

/** Every scenario of the suites on every one of the systems. */
export interface Block {
  readonly suites: readonly string[];
  readonly systems: readonly string[];
}

/**
 * What a policy does not foresee. `estimates`: latencies that policies see are wrong by up to 20 %. `jitter`: periodic
 * releases come up to 5 % of their period late. `cascades`: drawn dependents follow with probability 0.5.
 */
export type Upset = "estimates" | "jitter" | "cascades";

export interface GridCase {
  /** Path of the scenario's file. */
  readonly scenario: string;
  readonly system: string;
  readonly load: number;
  /** Absent: nothing. */
  readonly upset?: Upset;
}

const systems = [
  ...["hda-2-ws-os-4k", "hda-2-ws-os-8k", "hda-4-ws-os-4k", "hda-4-ws-os-8k"],
  ...["dream-2-ws-os-4k", "dream-3-ws-os-os-4k", "dream-2-os-os-4k", "sfda-4-ws-8k", "fda-1-ws-4k", "fda-1-ws-8k"],
];

export const fullGrid: Grid = {
  blocks: [
    { suites: ["xrbench", "dream"], systems },
    { suites: ["xrbench"], systems: ["measured-xr-soc"] },
  ],
  loads: [1, 1.5, 2],
  upsetSystems: ["hda-2-ws-os-4k", "hda-4-ws-os-8k", "dream-2-ws-os-4k"],
  upsets: ["estimates", "jitter", "cascades"],
};

export const quickGrid: Grid = {
  blocks: [{ suites: ["dream"], systems: ["dream-2-ws-os-4k"] }],
  loads: [1, 2],
  upsetSystems: ["dream-2-ws-os-4k"],
  upsets: ["jitter"],
};

/** The cases as they are, ordered by system, scenario and load; then the upset ones in the same order. */
export function casesOf({ blocks, loads, upsetSystems, upsets }: Grid, library: Library): readonly GridCase[] {
  const plain = blocks.flatMap((block) => {
    const scenarios = findScenarios(block.suites, library);
    return block.systems.flatMap((system) =>
      scenarios.flatMap((scenario) => loads.map((load): GridCase => ({ scenario, system, load }))),
    );
  });
  const upsettable = plain.filter(({ system }) => upsetSystems.includes(system));
  return [...plain, ...upsets.flatMap((upset) => upsettable.map((each) => ({ ...each, upset })))];
}

const ESTIMATE_ERROR = 0.2;
const JITTER = 0.05;
const CASCADE_PROBABILITY = 0.5;

/** What differs from the files. `"none possible"`: the scenario has nothing that the upset could change. */
export function variationOf({ load, upset }: GridCase, scenario: Scenario): Variation | undefined | "none possible" {
  const scaled: Variation = load === 1 ? {} : { rateScale: load };
  if (upset === undefined) return load === 1 ? undefined : scaled;
  if (upset === "estimates") return { ...scaled, system: { estimateError: ESTIMATE_ERROR } };
  const changes = scenario.tasks.flatMap(upset === "jitter" ? jittered : cascaded);
  return changes.length === 0 ? "none possible" : { ...scaled, scenario: Object.fromEntries(changes) };
}

type Change = readonly [place: string, value: number];

/** Rates are scaled afterwards, and jitter with them. */
const jittered = ({ id, release }: Task): readonly Change[] =>
  release.kind === "periodic" ? [[`tasks.${id}.jitterMs`, (JITTER * periodOf(release)) / 1e6]] : [];

/** A dependent that follows always is a pipeline, not a cascade. */
const cascaded = ({ id, release }: Task): readonly Change[] =>
  release.kind === "after" && release.probability < 1 ? [[`tasks.${id}.after.probability`, CASCADE_PROBABILITY]] : [];
