/** Checks at the end of every run that energy and time are conserved and that every released job ended once. */
import { releaseCursor } from "../core/arrivals.ts";
import { Dependencies } from "../core/dependencies.ts";
import type { Program } from "../core/program.ts";
import type { JobRecord, RunTotals } from "../core/records.ts";

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
}

export function createConservation(program: Program, seed: number): Conservation {
  const ended = program.tasks.map((): TaskSums => ({ jobs: 0, indexes: 0, energyPj: 0 }));
  return {
    jobEnded({ taskIndex, jobIndex, energyPj }) {
      const sums = ended[taskIndex]!;
      sums.jobs += 1;
      sums.indexes += jobIndex;
      sums.energyPj += energyPj;
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
  return releasedJobs(program, seed).flatMap(({ jobs, indexes }, task) => {
    const { id } = program.tasks[task]!.task;
    const sums = ended[task]!;
    if (sums.jobs !== jobs) return [`task ${id} released ${jobs} jobs, of which ${sums.jobs} ended`];
    return sums.indexes === indexes ? [] : [`task ${id}: one job ended twice and another never`];
  });
}

/** Counted from release processes and draws alone, independent of the run. */
function releasedJobs(program: Program, seed: number): readonly Omit<TaskSums, "energyPj">[] {
  const dependencies = new Dependencies(program, seed);
  const rootJobs = program.tasks.map((_, task) => releasesOf(program, task, seed));
  const framesOf = (task: number): number => {
    const { parents } = program.tasks[task]!;
    return parents.length === 0 ? rootJobs[task]! : Math.min(...parents.map(framesOf));
  };
  return program.tasks.map(({ parents }, task) => {
    const frames = framesOf(task);
    if (parents.length === 0) return { jobs: frames, indexes: (frames * (frames - 1)) / 2 };
    const released = { jobs: 0, indexes: 0 };
    for (let frame = 0; frame < frames; frame += 1) {
      if (!dependencies.isTriggered(task, frame)) continue;
      released.jobs += 1;
      released.indexes += frame;
    }
    return released;
  });
}

function releasesOf({ tasks, scenario }: Program, taskIndex: number, seed: number): number {
  const { task } = tasks[taskIndex]!;
  if (task.release.kind === "after") return 0;
  const cursor = releaseCursor(scenario, taskIndex, seed);
  while (cursor.releaseNs !== Infinity) cursor.advance();
  return cursor.jobIndex;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
