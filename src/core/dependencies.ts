/** Which frames trigger which dependent tasks, and when a join of several parents is complete. */
import { releaseCursor } from "./arrivals.ts";
import { purpose, uniform } from "./draws.ts";
import { type JointFrame, JointFrames } from "./joint-frames.ts";
import { probabilityAt } from "./phases.ts";
import type { Program } from "./program.ts";
import { closedRootOf } from "./scenario.ts";

/** What a child does when a parent's job has ended: wait for other parents, or be released or dropped now. */
export type ChildFate =
  | { readonly kind: "waits" }
  | ({ readonly kind: "released" | "dropped"; readonly sourceNs: number } & JointFrame);

/** A parent's frame, as far as its children need it. */
export interface EndedFrame extends JointFrame {
  readonly jobIndex: number;
  readonly sourceNs: number;
}

interface ProbabilityStep {
  readonly fromJob: number;
  readonly probability: number;
}

interface Join extends JointFrame {
  parentsLeft: number;
  /** Latest of the sources that reach it by its parents so far; -Infinity: none. */
  sourceNs: number;
  isDropped: boolean;
}

const waits: ChildFate = { kind: "waits" };

export class Dependencies {
  readonly #program: Program;
  readonly #seed: number;
  /** Of each task with several parents: the frames of which some parents have ended. No more than jobs in flight. */
  readonly #joins: readonly Map<number, Join>[];

  /** Of each task: how many frames all of its roots release. A join of different roots sees no others. */
  readonly #frames: readonly number[];
  /** Of each task that joins several roots. */
  readonly #jointFrames: readonly (JointFrames | undefined)[];
  /** Of each task: how likely its frames trigger it, by phase. */
  readonly #steps: readonly (readonly ProbabilityStep[])[];

  constructor(program: Program, seed: number) {
    this.#program = program;
    this.#seed = seed;
    this.#joins = program.tasks.map(() => new Map());
    this.#frames = program.tasks.map((_, taskIndex) => this.#framesReaching(taskIndex));
    this.#steps = program.tasks.map((_, taskIndex) => this.#stepsOf(taskIndex));
    this.#jointFrames = program.tasks.map((_, taskIndex) => this.#jointFramesOf(taskIndex));
  }

  #jointFramesOf(taskIndex: number): JointFrames | undefined {
    const roots = [...this.#rootsOf(taskIndex)];
    if (this.#program.tasks[taskIndex]!.parents.length < 2 || roots.length < 2) return undefined;
    return new JointFrames(this.#program.scenario, roots, this.#seed, (frame) => this.isTriggered(taskIndex, frame));
  }

  /**
   * A frame belongs to the phase in which its (first) root nominally releases it. Nobody knows that beforehand of a
   * closed loop, so no phase changes what is below one.
   */
  #stepsOf(taskIndex: number): readonly ProbabilityStep[] {
    const { tasks, scenario } = this.#program;
    const { parents, probability } = tasks[taskIndex]!;
    const isFixed = closedRootOf(scenario, taskIndex) !== undefined;
    if (isFixed || scenario.phases.length === 0 || parents.length === 0) return [{ fromJob: 0, probability }];
    const [root] = this.#rootsOf(taskIndex);
    const cursor = releaseCursor(scenario, root!, this.#seed);
    const steps = [{ fromJob: 0, probability: probabilityAt(scenario, taskIndex, 0) }];
    for (const { startNs } of scenario.phases) {
      while (cursor.releaseNs !== Infinity && cursor.frameNs < startNs) cursor.advance();
      steps.push({ fromJob: cursor.jobIndex, probability: probabilityAt(scenario, taskIndex, startNs) });
    }
    return steps;
  }

  /** Infinity below a single root, because it releases every frame that these tasks see. */
  #framesReaching(taskIndex: number): number {
    const roots = [...this.#rootsOf(taskIndex)];
    return roots.length < 2 ? Infinity : Math.min(...roots.map((root) => this.#framesOf(root)));
  }

  #rootsOf(taskIndex: number): Set<number> {
    const { parents } = this.#program.tasks[taskIndex]!;
    if (parents.length === 0) return new Set([taskIndex]);
    return new Set(parents.flatMap((parent) => [...this.#rootsOf(parent)]));
  }

  #framesOf(root: number): number {
    const { scenario } = this.#program;
    const cursor = releaseCursor(scenario, root, this.#seed);
    while (cursor.releaseNs !== Infinity) cursor.advance();
    return cursor.jobIndex;
  }

  /** Whether frame `jobIndex` reaches a task: its own draw, and those of all tasks above it. */
  isTriggered(taskIndex: number, jobIndex: number): boolean {
    const { parents } = this.#program.tasks[taskIndex]!;
    if (parents.length === 0) return true;
    if (jobIndex >= this.#frames[taskIndex]!) return false;
    const probability = this.#probability(taskIndex, jobIndex);
    if (probability < 1 && uniform(this.#seed, taskIndex, jobIndex, purpose.trigger) >= probability) return false;
    return parents.every((parent) => this.isTriggered(parent, jobIndex));
  }

  #probability(taskIndex: number, jobIndex: number): number {
    const steps = this.#steps[taskIndex]!;
    let i = steps.length - 1;
    while (i > 0 && steps[i]!.fromJob > jobIndex) i -= 1;
    return steps[i]!.probability;
  }

  /** A parent's job has completed or was dropped; `undefined`: the frame does not trigger the child. */
  parentEnded(child: number, parent: EndedFrame, end: "completed" | "dropped"): ChildFate | undefined {
    if (!this.isTriggered(child, parent.jobIndex)) return undefined;
    const { parents } = this.#program.tasks[child]!;
    if (parents.length > 1) return this.#joined(child, parent, end);
    const { frameNs, framePeriodNs, sourceNs } = parent;
    return { kind: end === "completed" ? "released" : "dropped", frameNs, framePeriodNs, sourceNs };
  }

  /** A join is dropped with the first parent that is dropped. Otherwise it is released with the last parent. */
  #joined(child: number, parent: EndedFrame, end: "completed" | "dropped"): ChildFate {
    const joins = this.#joins[child]!;
    const { jobIndex, sourceNs } = parent;
    const join = joins.get(jobIndex) ?? this.#newJoin(child, parent);
    joins.set(jobIndex, join);
    join.parentsLeft -= 1;
    join.sourceNs = Math.max(join.sourceNs, sourceNs);
    if (join.parentsLeft === 0) joins.delete(jobIndex);
    if (end === "dropped" && !join.isDropped) {
      join.isDropped = true;
      return fateOf(join, "dropped");
    }
    return join.parentsLeft > 0 || join.isDropped ? waits : fateOf(join, "released");
  }

  #newJoin(child: number, parent: EndedFrame): Join {
    const { frameNs, framePeriodNs } = this.#jointFrames[child]?.take(parent.jobIndex) ?? parent;
    const parentsLeft = this.#program.tasks[child]!.parents.length;
    return { parentsLeft, frameNs, framePeriodNs, sourceNs: parent.sourceNs, isDropped: false };
  }
}

const fateOf = ({ frameNs, framePeriodNs, sourceNs }: Join, kind: "released" | "dropped"): ChildFate => ({
  kind,
  frameNs,
  framePeriodNs,
  sourceNs,
});
