/** Makes the accelerators of a project's system large enough for its scenario. */
import { readFileSync, writeFileSync } from "node:fs";
import { feasibility } from "../analysis/feasibility/index.ts";
import { type LinearSolver, loadSolver } from "../analysis/solver/index.ts";
import type { Library } from "../files/library.ts";
import { Workbench } from "../run/workbench.ts";
import { possibleModels } from "../scenario/multi-tenant.ts";

/** PEs of each accelerator. */
const sizes = [512, 1024, 2048, 4096, 8192, 16_384, 32_768];
/** As in XRBench's systems: 128 elements a cycle for 2048 PEs. */
const PES_PER_ELEMENT = 16;
/** Leaves room for a policy that is not perfect, and something to do for one that is good. */
const MOST_LOAD = 0.5;

export interface SizedSystem {
  /** Of each accelerator. */
  readonly pes: number;
  /** Whether at most half of the time is needed, and no deadline is out of reach. */
  readonly fits: boolean;
}

/** Writes the file with the least size that fits, or else the largest. Throws what loading the files throws. */
export async function fitSystem(scenarioPath: string, systemPath: string, library: Library): Promise<SizedSystem> {
  const sized = sizeFor(scenarioPath, systemPath, new Workbench(library), await loadSolver());
  const text = readFileSync(systemPath, "utf8");
  writeFileSync(systemPath, ofSize(text, sized.pes));
  return sized;
}

function sizeFor(scenarioPath: string, systemPath: string, bench: Workbench, solver: LinearSolver): SizedSystem {
  const { value: scenario } = bench.scenario(scenarioPath);
  const { accelerators } = bench.system(systemPath).value;
  const models = possibleModels(scenario);
  for (const pes of sizes) {
    const { value: system } = bench.system(systemPath, { system: valuesOf(accelerators.length, pes) });
    const { leastPeakLoad, violations } = feasibility(scenario, system, bench.costs(models, system), { solver });
    if (leastPeakLoad <= MOST_LOAD && (violations?.violations ?? 0) === 0) return { pes, fits: true };
  }
  return { pes: sizes.at(-1)!, fits: false };
}

const valuesOf = (accelerators: number, pes: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Array.from({ length: accelerators }, (_, i) => [
      [`accelerators[${i}].pes`, pes],
      [`accelerators[${i}].nocElementsPerCycle`, pes / PES_PER_ELEMENT],
    ]).flat() as [string, number][],
  );

const ofSize = (text: string, pes: number): string =>
  text
    .replace(/pes: \d+/g, `pes: ${pes}`)
    .replace(/nocElementsPerCycle: \d+/g, `nocElementsPerCycle: ${pes / PES_PER_ELEMENT}`);
