/** Checks at the end of every run that energy and time are conserved and that every released job ended once. */

import { releaseCursor } from "../core/arrivals.ts";
import { Dependencies } from "../core/dependencies.ts";
import type { Program } from "../core/program.ts";
import type { JobRecord, RunTotals } from "../core/records.ts";
import type { Task } from "../core/scenario.ts";
import { sum } from "../core/sum.ts";

export interface Conservation {
  jobEnded(job: JobRecord): void;
  /** Throws an Error that names what does not add up. It means a fault in the simulation. */
  check(totals: RunTotals): void;
}

/** Sums by task and by accelerator add energies in different orders, so they may round differently. */
const RELATIVE_TOLERANCE = 1e-9;

interface TaskSums {
  jobs: number;
  /** Sum of the job indexes. Together with the count, it shows that one job ended twice and another never. */
  indexes: number;
  energyPj: number;
  /** Jobs of each client of a closed loop; empty for other tasks. */
  readonly byClient: number[];
}

export function createConservation(program: Program, seed: number): Conservation {
  const ended = program.tasks.map(({ task }) => noJobs(task));
  return {
    jobEnded({ taskIndex, jobIndex, energyPj }) {
      const sums = ended[taskIndex]!;
      sums.jobs += 1;
      sums.indexes += jobIndex;
      sums.energyPj += energyPj;
      if (sums.byClient.length > 0) sums.byClient[jobIndex % sums.byClient.length]! += 1;
    },
    check(totals) {
      const faults = [
        ...energyFaults(ended, totals),
        ...timeFaults(program, totals),
        ...jobFaults(program, seed, ended),
      ];
      if (faults.length > 0) throw new Error(`conservation check failed: ${faults.join("; ")}`);
    },
  };
}

const noJobs = ({ release }: Task): TaskSums => ({
  jobs: 0,
  indexes: 0,
  energyPj: 0,
  byClient: Array<number>(release.kind === "closed" ? release.clients : 0).fill(0),
});

function energyFaults(ended: readonly TaskSums[], { accelerators }: RunTotals): string[] {
  const byTask = sum(ended.map(({ energyPj }) => energyPj));
  const byAccelerator = sum(accelerators.map(({ energyPj }) => energyPj));
  // What ran without a known energy is missing from both sums.
  if (Number.isNaN(byTask) && Number.isNaN(byAccelerator)) return [];
  if (Math.abs(byTask - byAccelerator) <= RELATIVE_TOLERANCE * Math.max(byTask, byAccelerator)) return [];
  return [`energy by task ${byTask} pJ, by accelerator ${byAccelerator} pJ`];
}

function timeFaults({ system }: Program, { accelerators, endNs }: RunTotals): string[] {
  return accelerators.flatMap(({ busyNs }, index) => {
    const { id, units } = system.accelerators[index]!;
    return busyNs <= endNs * units ? [] : [`accelerator ${id} was busy for ${busyNs} of ${endNs * units} ns`];
  });
}

function jobFaults(program: Program, seed: number, ended: readonly TaskSums[]): string[] {
  return releasedJobs(program, seed, ended).flatMap(({ jobs, indexes }, task) => {
    const { id } = program.tasks[task]!.task;
    const sums = ended[task]!;
    if (sums.jobs !== jobs) return [`task ${id} released ${jobs} jobs, of which ${sums.jobs} ended`];
    return sums.indexes === indexes ? [] : [`task ${id}: one job ended twice and another never`];
  });
}

/** Counted from release processes and draws alone, independent of the run; of closed loops, from how many jobs each client had. */
function releasedJobs(
  program: Program,
  seed: number,
  ended: readonly TaskSums[],
): readonly Omit<TaskSums, "energyPj" | "byClient">[] {
  const dependencies = new Dependencies(program, seed);
  const rootFrames = program.tasks.map((_, task) => framesOfRoot(program, task, seed, ended[task]!));
  const framesOf = (task: number): Frames => {
    const { parents } = program.tasks[task]!;
    return parents.length === 0 ? rootFrames[task]! : parents.map(framesOf).reduce(fewer);
  };
  return program.tasks.map((_, task) => {
    const { end, isFrame } = framesOf(task);
    const released = { jobs: 0, indexes: 0 };
    for (let frame = 0; frame < end; frame += 1) {
      if (!isFrame(frame) || !dependencies.isTriggered(task, frame)) continue;
      released.jobs += 1;
      released.indexes += frame;
    }
    return released;
  });
}

/** The frames of a root: of the numbers below `end`, those that it released. */
interface Frames {
  readonly end: number;
  readonly isFrame: (frame: number) => boolean;
}

const fewer = (a: Frames, b: Frames): Frames => (b.end < a.end ? b : a);

function framesOfRoot({ tasks, scenario }: Program, taskIndex: number, seed: number, { byClient }: TaskSums): Frames {
  const { release } = tasks[taskIndex]!.task;
  if (release.kind === "after") return { end: 0, isFrame: () => false };
  // A client numbers its jobs one after the other.
  if (release.kind === "closed") {
    const { clients } = release;
    const end = clients * byClient.reduce((most, jobs) => Math.max(most, jobs), 0);
    return { end, isFrame: (frame) => Math.floor(frame / clients) < byClient[frame % clients]! };
  }
  const cursor = releaseCursor(scenario, taskIndex, seed);
  while (cursor.releaseNs !== Infinity) cursor.advance();
  return { end: cursor.jobIndex, isFrame: () => true };
}
