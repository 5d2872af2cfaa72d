/** What a scheduler did in a run, as far as it may explain a loss. */
import { listenToEnds, type Observer, type SegmentEnded, together } from "../../core/events.ts";
import { endNsOf, hasDeadline, jobOutcome, violates } from "../../core/job-outcome.ts";
import { costIndexOf, type Program } from "../../core/program.ts";
import type { JobRecord } from "../../core/records.ts";
import { partsOf } from "../../explain/time-shares.ts";
import type { SideFacts, TaskFacts } from "../../records/adversary.ts";
import { IdleWatch } from "./idle-watch.ts";

interface TaskSums {
  jobs: number;
  violations: number;
  readonly computingNs: Map<string, number>;
}

/** Listens to one run. */
export class FactsCollector {
  readonly observer: Observer;
  readonly #program: Program;
  readonly #idle: IdleWatch;
  readonly #tasks: readonly TaskSums[];
  readonly #jobs: JobRecord[] = [];
  #computingNs = 0;
  #overheadNs = 0;
  #fastestNs = 0;
  #leastPj = 0;
  #lostNs = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#idle = new IdleWatch(program);
    this.#tasks = program.tasks.map(() => ({ jobs: 0, violations: 0, computingNs: new Map() }));
    this.observer = together([
      this.#idle.observer,
      listenToEnds((job) => this.#ended(job)),
      { segmentEnded: (segment) => this.#ran(segment) },
    ]);
  }

  finish(label: string): SideFacts {
    const jobs = this.#jobs;
    const withDeadline = jobs.filter(hasDeadline);
    const completed = jobs.filter(({ completionNs }) => completionNs !== undefined);
    const energyPj = jobs.reduce((sum, job) => sum + job.energyPj, 0);
    const responseNs = completed.reduce((sum, job) => sum + job.completionNs! - job.frameReleaseNs, 0);
    return {
      label,
      jobs: withDeadline.length,
      completed: completed.length,
      late: withDeadline.filter((job) => jobOutcome(job) === "late").length,
      dropped: jobs.length - completed.length,
      droppedByPolicy: jobs.filter(({ dropReason }) => dropReason === "policy").length,
      energyMj: Number.isNaN(energyPj) ? null : energyPj / 1e9,
      meanResponseMs: completed.length === 0 ? null : responseNs / completed.length / 1e6,
      contextSwitches: jobs.reduce((sum, job) => sum + job.contextSwitches, 0),
      computingMs: this.#computingNs / 1e6,
      overheadMs: this.#overheadNs / 1e6,
      fastestMs: this.#fastestNs / 1e6,
      leastEnergyMj: Number.isNaN(this.#leastPj) ? null : this.#leastPj / 1e9,
      lostMs: this.#lostNs / 1e6,
      idleWhileWaitingMs: this.#idle.idleNs / 1e6,
      endMs: jobs.reduce((end, job) => Math.max(end, endNsOf(job)), 0) / 1e6,
      tasks: this.#tasks.map((sums, index) => this.#taskFacts(sums, index)),
    };
  }

  #ended(job: JobRecord): void {
    this.#jobs.push(job);
    const sums = this.#tasks[job.taskIndex]!;
    if (!hasDeadline(job)) return;
    sums.jobs += 1;
    if (violates(job)) sums.violations += 1;
  }

  #ran(segment: SegmentEnded): void {
    const { computingNs, switchInNs, switchOutNs, weightWaitNs, overheadNs } = partsOf(segment);
    const { units, taskIndex, acceleratorIndex } = segment;
    this.#computingNs += computingNs * units;
    this.#overheadNs += (switchInNs + switchOutNs + weightWaitNs + overheadNs) * units;
    if (segment.end === "kill") this.#lostNs += computingNs * units;
    this.#fastestNs += fastestNs(this.#program, segment, computingNs);
    this.#leastPj += leastPj(this.#program, segment);
    const { id } = this.#program.system.accelerators[acceleratorIndex]!;
    const { computingNs: byAccelerator } = this.#tasks[taskIndex]!;
    byAccelerator.set(id, (byAccelerator.get(id) ?? 0) + computingNs * units);
  }

  #taskFacts({ jobs, violations, computingNs }: TaskSums, index: number): TaskFacts {
    const byAccelerator = [...computingNs].map(([id, ns]) => [id, ns / 1e6] as const).sort();
    const { id } = this.#program.scenario.tasks[index]!;
    return { id, jobs, violations, computingMs: Object.fromEntries(byAccelerator) };
  }
}

/** Unit-time that the same work would have taken where the layer is fastest. */
function fastestNs(program: Program, segment: SegmentEnded, computingNs: number): number {
  const { latencyNs } = program;
  const columns = columnsOf(program, segment);
  const here = columns.here.units * latencyNs[columns.here.at]!;
  const least = Math.min(...columns.all.map(({ at, units }) => units * latencyNs[at]!));
  return here === 0 ? 0 : (computingNs * segment.units * least) / here;
}

/** Energy that the same work would have taken where the layer takes least of those that can run it. */
function leastPj(program: Program, segment: SegmentEnded): number {
  const { latencyNs, energyPj } = program;
  const able = columnsOf(program, segment).all.filter(({ at }) => latencyNs[at]! < Infinity);
  const least = Math.min(...able.map(({ at }) => energyPj[at]!));
  return least * (segment.progressAfter - segment.progressBefore);
}

interface Column {
  /** Of the layer's costs. */
  readonly at: number;
  readonly units: number;
}

/** Where the layer of a segment ran, and everywhere that it could run, by accelerator and units. */
function columnsOf(
  program: Program,
  segment: SegmentEnded,
): { readonly here: Column; readonly all: readonly Column[] } {
  const column = (acceleratorIndex: number, units: number): Column => ({
    at: costIndexOf(program, { ...segment, acceleratorIndex, units }),
    units,
  });
  const all = [...program.units].flatMap((count, accelerator) =>
    Array.from({ length: count }, (_, index) => column(accelerator, index + 1)),
  );
  return { here: column(segment.acceleratorIndex, segment.units), all };
}
