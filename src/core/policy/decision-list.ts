// Hot: one decision per dispatched layer.
/** The decisions of one call of a policy, in order, until the core applies them. */
import type { ReasonRecord } from "../records.ts";
import type {
  AcceleratorView,
  Candidate,
  Decisions,
  DispatchOptions,
  ReadyJob,
  Reason,
  RunningJob,
} from "../scheduler.ts";
import type { PreemptionKind } from "../system.ts";

export const kind = { run: 0, preempt: 1, drop: 2, variant: 3 } as const;
/** Names of the kinds in records. */
export const decisionNames = ["run", "preempt", "drop", "chooseVariant"] as const;

/** A reason, and the index of the decision that it explains; -1: it says why the policy waits. */
interface Explanation {
  readonly decision: number;
  readonly reason: ReasonRecord;
}

export class DecisionList implements Decisions {
  readonly explains: boolean;
  length = 0;
  /** Infinity: not requested in this call. */
  wakeNs = Infinity;
  readonly kinds: number[] = [];
  readonly jobs: ReadyJob[] = [];
  // The other fields are set if the kind needs them.
  readonly accelerators: AcceleratorView[] = [];
  /** Layers to run, or the variant chosen. */
  readonly counts: number[] = [];
  /** undefined: all. */
  readonly units: (number | undefined)[] = [];
  readonly preemptions: PreemptionKind[] = [];
  readonly explanations: Explanation[] = [];
  /** Whose keys were checked last. Policies may pass one object again and again. */
  #checked: DispatchOptions | undefined;

  constructor(explains: boolean) {
    this.explains = explains;
  }

  clear(): void {
    this.length = 0;
    this.wakeNs = Infinity;
    if (this.explains) this.explanations.length = 0;
  }

  run(job: ReadyJob, accelerator: AcceleratorView, options?: DispatchOptions): void {
    if (options !== this.#checked) this.#check(options);
    this.accelerators[this.length] = accelerator;
    this.counts[this.length] = options?.layers ?? Infinity;
    this.units[this.length] = options?.units;
    this.#add(kind.run, job);
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
  because(reason: Reason): void {
    if (this.explains) this.explanations.push({ decision: this.length - 1, reason: recordOf(reason) });
  }

  /** A misspelt option would run all layers without a word. Throws TypeError, in the policy's own call. */
  #check(options: DispatchOptions | undefined): void {
    for (const key in options)
      if (key !== "layers" && key !== "units") throw new TypeError(`run() takes layers and units, not "${key}"`);
    this.#checked = options;
  }

  #add(what: number, job: ReadyJob): void {
    this.kinds[this.length] = what;
    this.jobs[this.length] = job;
    this.length += 1;
  }
}

/** The objects that policies see change during the run, so a reason copies their present values. */
function recordOf({ rule, best, candidates = [] }: Reason): ReasonRecord {
  return { rule, ...(best !== undefined && { best }), candidates: candidates.map(candidateOf) };
}

function candidateOf({ job, accelerator, score, terms }: Candidate): ReasonRecord["candidates"][number] {
  return {
    taskIndex: job.task.index,
    jobIndex: job.jobIndex,
    ...(accelerator !== undefined && { acceleratorIndex: accelerator.index }),
    ...(score !== undefined && { score }),
    ...(terms !== undefined && { terms: { ...terms } }),
  };
}
