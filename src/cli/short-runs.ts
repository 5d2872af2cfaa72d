/** Tells which simulations are over so soon that Ctrl-C may wait for their end. */
import { jobRatesPerS } from "../analysis/feasibility/rates.ts";
import type { Program } from "../core/program.ts";
import type { RunSetup } from "../run/run-setup.ts";

/** No one notices that Ctrl-C waits for so long. */
const SHORT_MS = 100;

type Simulated = Pick<RunSetup, "scheduler" | "program">;

/** Judges by the last simulation of the same scheduler. */
export class ShortRuns {
  /** Time per expected layer, by name of the scheduler. */
  readonly #msPerLayer = new Map<string, number>();

  /** Never before the scheduler's first simulation, nor in a closed loop, whose jobs no one can count before. */
  has({ scheduler, program }: Simulated): boolean {
    const msPerLayer = this.#msPerLayer.get(scheduler.name);
    return msPerLayer !== undefined && msPerLayer * expectedLayers(program) < SHORT_MS;
  }

  /** Learns how long a simulation took. */
  took({ scheduler, program }: Simulated, ms: number): void {
    const layers = expectedLayers(program);
    if (layers < Infinity) this.#msPerLayer.set(scheduler.name, ms / layers);
  }
}

function expectedLayers({ scenario, tasks }: Program): number {
  if (scenario.tasks.some(({ release }) => release.kind === "closed")) return Infinity;
  const perS = jobRatesPerS(scenario).map((jobsPerS, task) => jobsPerS * mostLayers(tasks[task]!));
  return 1 + (perS.reduce((sum, layers) => sum + layers, 0) * scenario.durationNs) / 1e9;
}

const mostLayers = ({ firstRow, endRow }: Program["tasks"][number]): number =>
  Math.max(...endRow.map((end, variant) => end - firstRow[variant]!));
