// Hot: one decision a dispatched layer.
/** Decisions of one call of a policy, in order, until the core applies them. */
import type { AcceleratorView, Decisions, ReadyJob, RunningJob } from "./scheduler.ts";

export const kind = { run: 0, preempt: 1, drop: 2, variant: 3 } as const;

export class DecisionList implements Decisions {
  length = 0;
  /** Infinity: not asked for in this call. */
  wakeNs = Infinity;
  readonly kinds: number[] = [];
  readonly jobs: ReadyJob[] = [];
  readonly accelerators: (AcceleratorView | undefined)[] = [];
  /** Layers to run, or the variant chosen. */
  readonly counts: number[] = [];
  /** Units to run on; 0: all. */
  readonly units: number[] = [];
  readonly preemptions: ("checkpoint" | "kill" | "drain" | undefined)[] = [];

  clear(): void {
    this.length = 0;
    this.wakeNs = Infinity;
  }

  run(job: ReadyJob, accelerator: AcceleratorView): void {
    this.#add(kind.run, job, accelerator, Infinity, 0, undefined);
  }
  runLayers(job: ReadyJob, accelerator: AcceleratorView, layers: number): void {
    this.#add(kind.run, job, accelerator, layers, 0, undefined);
  }
  runOnUnits(job: ReadyJob, accelerator: AcceleratorView, units: number, layers: number): void {
    this.#add(kind.run, job, accelerator, layers, units, undefined);
  }
  chooseVariant(job: ReadyJob, variantIndex: number): void {
    this.#add(kind.variant, job, undefined, variantIndex, 0, undefined);
  }
  preempt(job: RunningJob, preemption: "checkpoint" | "kill" | "drain"): void {
    this.#add(kind.preempt, job, undefined, 0, 0, preemption);
  }
  drop(job: ReadyJob): void {
    this.#add(kind.drop, job, undefined, 0, 0, undefined);
  }
  wakeAt(timeNs: number): void {
    this.wakeNs = timeNs;
  }

  #add(
    what: number,
    job: ReadyJob,
    accelerator: AcceleratorView | undefined,
    count: number,
    units: number,
    preemption: "checkpoint" | "kill" | "drain" | undefined,
  ): void {
    const at = this.length++;
    this.kinds[at] = what;
    this.jobs[at] = job;
    this.accelerators[at] = accelerator;
    this.counts[at] = count;
    this.units[at] = units;
    this.preemptions[at] = preemption;
  }
}
