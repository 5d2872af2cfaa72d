/** Release times of root tasks, one after the other; each is computed from its index, never by adding periods up. */
import { purpose, uniform } from "./draws.ts";
import type { Arrival, OneShotArrival, PeriodicArrival, PoissonArrival, Task, TraceArrival } from "./scenario.ts";

/** A cursor over one task's releases, in rising order; `releaseNs` is Infinity when there are no more. */
export interface ReleaseCursor {
  readonly jobIndex: number;
  /** Whole ns, jitter included. */
  readonly releaseNs: number;
  /** Nominal release, not rounded: deadlines are counted from it and rounded once. */
  readonly frameNs: number;
  /** Given by a trace; undefined: the task's. */
  readonly deadlineNs: number | undefined;
  readonly priority: number;
  advance(): void;
}

/** Starts at the first job of a root task; a dependent task has no cursor. */
export function releaseCursor(task: Task, taskIndex: number, seed: number, durationNs: number): ReleaseCursor {
  const arrival = task.release as Arrival;
  return new Cursor(task.priority, durationNs, times(arrival, taskIndex, seed));
}

interface Release {
  readonly frameNs: number;
  readonly jitterNs: number;
  readonly deadlineNs?: number | undefined;
  readonly priority?: number | undefined;
}

/** Release of job k, asked for in rising order of k; undefined: there is none. */
type Times = (jobIndex: number) => Release | undefined;

class Cursor implements ReleaseCursor {
  jobIndex = -1;
  releaseNs = 0;
  frameNs = 0;
  deadlineNs: number | undefined;
  priority = 1;
  readonly #taskPriority: number;
  readonly #durationNs: number;
  readonly #times: Times;

  constructor(taskPriority: number, durationNs: number, times: Times) {
    this.#taskPriority = taskPriority;
    this.#durationNs = durationNs;
    this.#times = times;
    this.advance();
  }

  advance(): void {
    this.jobIndex += 1;
    const release = this.#times(this.jobIndex);
    this.releaseNs = release === undefined ? Infinity : Math.round(release.frameNs + release.jitterNs);
    if (this.releaseNs >= this.#durationNs || release === undefined) {
      this.releaseNs = Infinity;
      return;
    }
    this.frameNs = release.frameNs;
    this.deadlineNs = release.deadlineNs;
    this.priority = release.priority ?? this.#taskPriority;
  }
}

function times(arrival: Arrival, taskIndex: number, seed: number): Times {
  switch (arrival.kind) {
    case "periodic":
      return periodicTimes(arrival, taskIndex, seed);
    case "poisson":
      return poissonTimes(arrival, taskIndex, seed);
    case "one-shot":
      return listTimes(oneShots(arrival, taskIndex, seed));
    case "trace":
      return listTimes(arrival.releases);
    default:
      return arrival satisfies never;
  }
}

/** (k x 1e9) / fps rounds once where k x (1e9 / fps) would round twice. */
function periodicTimes({ fps, offsetNs, jitterNs }: PeriodicArrival, taskIndex: number, seed: number): Times {
  return (k) => ({
    frameNs: offsetNs + (k * 1e9) / fps,
    jitterNs: jitterNs === 0 ? 0 : jitterNs * uniform(seed, taskIndex, k, purpose.jitter),
  });
}

/** Exponential gaps by inversion; the one process whose times have to be added up. */
function poissonTimes({ ratePerS, offsetNs }: PoissonArrival, taskIndex: number, seed: number): Times {
  let timeNs = offsetNs;
  return (k) => {
    timeNs += (-Math.log(1 - uniform(seed, taskIndex, k, purpose.arrival)) * 1e9) / ratePerS;
    return { frameNs: timeNs, jitterNs: 0 };
  };
}

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
    return { frameNs: release.releaseNs, jitterNs: 0, deadlineNs: release.deadlineNs, priority: release.priority };
  };
}
