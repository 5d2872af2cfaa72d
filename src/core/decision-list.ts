// Hot: one decision a dispatched layer.
/** Decisions of one call of a policy, in order, until the core applies them. */
import type { AcceleratorView, Decisions, ReadyJob, RunningJob } from "./scheduler.ts";
import type { PreemptionKind } from "./system.ts";

export const kind = { run: 0, runOnUnits: 1, preempt: 2, drop: 3, variant: 4 } as const;

export class DecisionList implements Decisions {
  length = 0;
  /** Infinity: not asked for in this call. */
  wakeNs = Infinity;
  readonly kinds: number[] = [];
  readonly jobs: ReadyJob[] = [];
  // The rest is set where the kind asks for it.
  readonly accelerators: AcceleratorView[] = [];
  /** Layers to run, or the variant chosen. */
  readonly counts: number[] = [];
  /** Units to run on, where not all. */
  readonly units: number[] = [];
  readonly preemptions: PreemptionKind[] = [];

  clear(): void {
    this.length = 0;
    this.wakeNs = Infinity;
  }

  run(job: ReadyJob, accelerator: AcceleratorView): void {
    this.runLayers(job, accelerator, Infinity);
  }
  runLayers(job: ReadyJob, accelerator: AcceleratorView, layers: number): void {
    this.accelerators[this.length] = accelerator;
    this.counts[this.length] = layers;
    this.#add(kind.run, job);
  }
  runOnUnits(job: ReadyJob, accelerator: AcceleratorView, units: number, layers: number): void {
    this.accelerators[this.length] = accelerator;
    this.units[this.length] = units;
    this.counts[this.length] = layers;
    this.#add(kind.runOnUnits, job);
  }
  chooseVariant(job: ReadyJob, variantIndex: number): void {
    this.counts[this.length] = variantIndex;
    this.#add(kind.variant, job);
  }
  preempt(job: RunningJob, preemption: PreemptionKind): void {
    this.preemptions[this.length] = preemption;
    this.#add(kind.preempt, job);
  }
  drop(job: ReadyJob): void {
    this.#add(kind.drop, job);
  }
  wakeAt(timeNs: number): void {
    this.wakeNs = timeNs;
  }

  #add(what: number, job: ReadyJob): void {
    this.kinds[this.length] = what;
    this.jobs[this.length] = job;
    this.length += 1;
  }
}
