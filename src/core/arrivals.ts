/** Release times of root tasks. Each is computed from its index; periods are never added up. */
import { purpose, uniform } from "./draws.ts";
import { type GapSpan, isEnabledAt, meanGaps, type RateSpan, rateSpans } from "./phases.ts";
import {
  type OneShotArrival,
  type OpenArrival,
  type PeriodicArrival,
  periodOf,
  type Rate,
  type Scenario,
  type Task,
  type TraceArrival,
} from "./scenario.ts";

/** Holds one release of a task and advances to the next; `releaseNs` is Infinity after the last. */
export interface ReleaseCursor {
  readonly jobIndex: number;
  /** Whole ns, jitter included. */
  readonly releaseNs: number;
  /** Nominal release, not rounded: deadlines are counted from it and rounded once. */
  readonly frameNs: number;
  /** Absolute, whole ns. */
  readonly deadlineNs: number;
  /** Period at the rate of this frame; NaN without a rate. */
  readonly periodNs: number;
  readonly priority: number;
  /** Work of the job relative to its model's costs. */
  readonly scale: number;
  advance(): void;
}

/** Starts at the first job of a root task whose releases are known beforehand: not a closed loop, no dependent task. */
export function releaseCursor(scenario: Scenario, taskIndex: number, seed: number): ReleaseCursor {
  const task = scenario.tasks[taskIndex] as Task;
  return new Cursor(task, scenario.durationNs, times(scenario, taskIndex, task.release as OpenArrival, seed));
}

interface Release {
  readonly frameNs: number;
  readonly jitterNs: number;
  readonly periodNs?: number;
  readonly deadlineNs?: number | undefined;
  readonly priority?: number | undefined;
  readonly scale?: number | undefined;
}

/** The release of job k, called with rising k; undefined: there is none. */
type Times = (jobIndex: number) => Release | undefined;

class Cursor implements ReleaseCursor {
  jobIndex = -1;
  releaseNs = 0;
  frameNs = 0;
  deadlineNs = 0;
  periodNs = Number.NaN;
  priority = 1;
  scale = 1;
  readonly #task: Task;
  readonly #durationNs: number;
  readonly #times: Times;

  constructor(task: Task, durationNs: number, times: Times) {
    this.#task = task;
    this.#durationNs = durationNs;
    this.#times = times;
    this.advance();
  }

  advance(): void {
    this.jobIndex += 1;
    const release = this.#times(this.jobIndex);
    // A frame that jitter moves past a change of rate still comes before the frames that follow it.
    const earliestNs = this.releaseNs;
    this.releaseNs = release === undefined ? Infinity : Math.round(release.frameNs + release.jitterNs);
    if (this.releaseNs < earliestNs) this.releaseNs = earliestNs;
    if (this.releaseNs >= this.#durationNs || release === undefined) {
      this.releaseNs = Infinity;
      return;
    }
    this.frameNs = release.frameNs;
    this.periodNs = release.periodNs ?? Number.NaN;
    this.deadlineNs = release.deadlineNs ?? deadlineOf(this.#task, release.frameNs, this.periodNs);
    this.priority = release.priority ?? this.#task.priority;
    this.scale = release.scale ?? 1;
  }
}

/** Absolute deadline of a job, rounded once, from the nominal release and the period of its (root) frame. */
export function deadlineOf(task: Task, frameNs: number, framePeriodNs: number): number {
  const isPeriod = task.deadlineIsPeriod === true && !Number.isNaN(framePeriodNs);
  return Math.round(frameNs + (isPeriod ? framePeriodNs : task.deadlineNs));
}

function times(scenario: Scenario, taskIndex: number, arrival: OpenArrival, seed: number): Times {
  if (arrival.kind === "periodic") return periodicTimes(scenario, taskIndex, arrival, seed);
  const all = aperiodicTimes(scenario, arrival, taskIndex, seed);
  return scenario.phases.length === 0 ? all : whileEnabled(scenario, taskIndex, all);
}

function aperiodicTimes(
  scenario: Scenario,
  arrival: Exclude<OpenArrival, PeriodicArrival>,
  taskIndex: number,
  seed: number,
): Times {
  switch (arrival.kind) {
    case "poisson":
      return poissonTimes(arrival.offsetNs, meanGaps(scenario, taskIndex, arrival), taskIndex, seed);
    case "one-shot":
      return listTimes(oneShots(arrival, taskIndex, seed));
    case "trace":
      return listTimes(arrival.releases);
    default:
      return arrival satisfies never;
  }
}

/** Leaves out releases while the task is switched off; it may stay so, and a Poisson process never ends. */
function whileEnabled(scenario: Scenario, taskIndex: number, all: Times): Times {
  const isOff = ({ frameNs }: Release): boolean =>
    frameNs < scenario.durationNs && !isEnabledAt(scenario, taskIndex, frameNs);
  let next = 0;
  return () => {
    let release = all(next++);
    while (release !== undefined && isOff(release)) release = all(next++);
    return release;
  };
}

function periodicTimes(scenario: Scenario, taskIndex: number, arrival: PeriodicArrival, seed: number): Times {
  const { jitterNs } = arrival;
  const jitter = (k: number) => (jitterNs === 0 ? 0 : jitterNs * uniform(seed, taskIndex, k, purpose.jitter));
  const spans = rateSpans(scenario, taskIndex, arrival).filter(({ isEnabled }) => isEnabled);
  let span = 0;
  let i = firstFrame(spans[0]);
  return (k) => {
    for (; span < spans.length; i = firstFrame(spans[++span])) {
      const current = spans[span]!;
      const frameNs = current.originNs + framesNs(current, i);
      if (frameNs >= current.toNs) continue;
      i += 1;
      return { frameNs, jitterNs: jitter(k), periodNs: periodOf(current) };
    }
    return undefined;
  };
}

/** From frame 0 to frame i. (i x 1e9) / fps is rounded once; i x (1e9 / fps) would be rounded twice. */
const framesNs = ({ fps, periodNs }: Rate, i: number): number =>
  periodNs === undefined ? (i * 1e9) / fps : i * periodNs;

/** Index of the first frame that a span holds. */
function firstFrame(span: RateSpan | undefined): number {
  if (span === undefined) return 0;
  const { fromNs, originNs, fps } = span;
  let i = Math.max(0, Math.floor(((fromNs - originNs) * fps) / 1e9) - 1);
  while (originNs + framesNs(span, i) < fromNs) i += 1;
  return i;
}

/**
 * Exponential gaps by inversion. Only in this process must times be added up. What is left of a gap at the start of a
 * phase is stretched or shrunk to the new rate there: the process forgets how long it has waited.
 */
function poissonTimes(offsetNs: number, spans: readonly GapSpan[], taskIndex: number, seed: number): Times {
  let timeNs = offsetNs;
  let span = 0;
  return (k) => {
    let means = -Math.log(1 - uniform(seed, taskIndex, k, purpose.arrival));
    for (; timeNs + gapNs(spans[span]!, means) >= spans[span]!.toNs; span += 1) {
      const current = spans[span]!;
      const passedNs = Math.max(0, current.toNs - timeNs);
      means = Math.max(0, means - passedNs / gapNs(current, 1));
      timeNs += passedNs;
    }
    timeNs += gapNs(spans[span]!, means);
    return { frameNs: timeNs, jitterNs: 0 };
  };
}

const gapNs = ({ fps, periodNs }: Rate, means: number): number =>
  periodNs === undefined ? (means * 1e9) / fps : means * periodNs;

function oneShots({ count, fromNs, toNs }: OneShotArrival, taskIndex: number, seed: number) {
  const draw = (_: unknown, k: number) =>
    Math.floor(fromNs + (toNs - fromNs) * uniform(seed, taskIndex, k, purpose.arrival));
  return Array.from({ length: count }, draw)
    .sort((a, b) => a - b)
    .map((releaseNs) => ({ releaseNs }));
}

function listTimes(releases: TraceArrival["releases"]): Times {
  return (k) => {
    const release = releases[k];
    if (release === undefined) return undefined;
    const { releaseNs: frameNs, deadlineNs, priority, scale } = release;
    return { frameNs, jitterNs: 0, deadlineNs, priority, scale };
  };
}
