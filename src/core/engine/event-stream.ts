// Hot: asked at every end of a layer, and mostly has nobody to tell.
/** Turns what happens into records for whoever listens; what nobody listens to is not built. */
import { deadlineOf } from "../arrivals.ts";
import type { Program } from "../program.ts";
import type { DecisionExplained, DropReason, JobRecord, Observer, ReasonRecord, Segment } from "../records.ts";
import type { Clock } from "./clock.ts";
import type { Effect } from "./effect.ts";
import type { Frame } from "./frame.ts";
import type { Lane } from "./lane.ts";
import type { LiveJob } from "./live-job.ts";
import { ownIsolatedNs } from "./own-path.ts";

export class EventStream {
  /** Whether anybody listens to the reasons of decisions. */
  readonly explains: boolean;
  readonly #program: Program;
  readonly #seed: number;
  readonly #clock: Clock;
  readonly #effects: readonly Effect[];
  readonly #jobEnded: Observer["jobEnded"];
  readonly #segmentEnded: Observer["segmentEnded"];
  readonly #decisionExplained: Observer["decisionExplained"];

  constructor(program: Program, seed: number, clock: Clock, effects: readonly Effect[], observer: Observer) {
    this.#program = program;
    this.#seed = seed;
    this.#clock = clock;
    this.#effects = effects;
    this.#jobEnded = observer.jobEnded?.bind(observer);
    this.#segmentEnded = observer.segmentEnded?.bind(observer);
    this.#decisionExplained = observer.decisionExplained?.bind(observer);
    this.explains = this.#decisionExplained !== undefined;
  }

  /** A job ends now; without a reason to drop it, it has completed. */
  jobEnded(job: LiveJob, dropReason: DropReason | undefined): void {
    if (this.#jobEnded === undefined) return;
    const isolatedNs = this.#program.branches.isEmpty ? undefined : ownIsolatedNs(this.#program, this.#seed, job);
    const isDropped = dropReason !== undefined;
    const { nowNs } = this.#clock;
    const record: JobRecord = {
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      releaseNs: job.releaseNs,
      frameReleaseNs: Math.round(job.frameNs),
      deadlineNs: job.deadlineNs,
      priority: job.priority,
      startNs: job.hasStarted ? job.startNs : undefined,
      completionNs: isDropped ? undefined : nowNs,
      dropNs: isDropped ? nowNs : undefined,
      dropReason,
      variantIndex: job.variantIndex,
      ...(job.exitIndex >= 0 && { exitIndex: job.exitIndex }),
      ...(isolatedNs !== undefined && { isolatedNs }),
      energyPj: job.energyPj,
      accelerators: [...job.accelerators],
      contextSwitches: job.contextSwitches,
      preemptions: { checkpoint: job.checkpoints, kill: job.kills, drain: job.drains },
    };
    this.#jobEnded(record);
  }

  /** A job whose parent was dropped counts as released and dropped at that instant. */
  orphanDropped({ taskIndex, jobIndex, frameNs, framePeriodNs }: Frame): void {
    const { task } = this.#program.tasks[taskIndex]!;
    const { nowNs } = this.#clock;
    this.#jobEnded?.({
      taskIndex,
      jobIndex,
      releaseNs: nowNs,
      frameReleaseNs: Math.round(frameNs),
      deadlineNs: deadlineOf(task, frameNs, framePeriodNs),
      priority: task.priority,
      startNs: undefined,
      completionNs: undefined,
      dropNs: nowNs,
      dropReason: "parent",
      variantIndex: 0,
      energyPj: 0,
      accelerators: [],
      contextSwitches: 0,
      preemptions: { checkpoint: 0, kill: 0, drain: 0 },
    });
  }

  segmentEnded(lane: Lane, job: LiveJob, energyPj: number, progressAfter: number, end: Segment["end"]): void {
    if (this.#segmentEnded !== undefined) this.#tellSegment(lane, job, energyPj, progressAfter, end);
  }

  #tellSegment(lane: Lane, job: LiveJob, energyPj: number, progressAfter: number, end: Segment["end"]): void {
    this.#segmentEnded!({
      taskIndex: job.taskIndex,
      jobIndex: job.jobIndex,
      acceleratorIndex: lane.acceleratorIndex,
      units: lane.units,
      variantIndex: job.variantIndex,
      layerIndex: job.layerIndex,
      startNs: lane.startNs,
      switchInNs: 0,
      switchOutNs: 0,
      ...this.#extrasOf(lane),
      endNs: this.#clock.nowNs,
      progressBefore: lane.progressBefore,
      energyPj,
      progressAfter,
      end,
    });
  }

  decisionExplained(decision: DecisionExplained["decision"], job: LiveJob | undefined, reason: ReasonRecord): void {
    this.#decisionExplained?.({
      timeNs: this.#clock.nowNs,
      decision,
      ...(job !== undefined && { taskIndex: job.taskIndex, jobIndex: job.jobIndex }),
      reason,
    });
  }

  #extrasOf(lane: Lane): Partial<Segment> {
    return Object.assign({}, ...this.#effects.map((effect) => effect.recordOf?.(lane)));
  }
}
