/**
 * Closed loops: a number of clients, each of which releases its next job when its last one has ended. Job k of client c
 * is job k x clients + c of the task, so its draws are the same under every scheduler.
 */
import { deadlineOf, type ReleaseCursor } from "./arrivals.ts";
import { purpose, uniform } from "./draws.ts";
import { enabledFrom } from "./phases.ts";
import type { ClosedArrival, Scenario, Task } from "./scenario.ts";

/** A job that ended, completed or dropped. */
export interface EndedJob {
  readonly jobIndex: number;
  readonly releaseNs: number;
  readonly endNs: number;
}

/** When the first job of each client comes, whole ns; Infinity: none does. */
export const firstClosedReleaseNs = (scenario: Scenario, taskIndex: number, { offsetNs }: ClosedArrival): number =>
  withinRun(scenario, taskIndex, Math.round(offsetNs));

/** When a client's next job comes, whole ns; Infinity: none does. A client never releases twice in one instant. */
export function nextClosedReleaseNs(
  scenario: Scenario,
  taskIndex: number,
  arrival: ClosedArrival,
  seed: number,
  { jobIndex, releaseNs, endNs }: EndedJob,
): number {
  const thinkNs = thinkBefore(arrival, seed, taskIndex, jobIndex + arrival.clients);
  return withinRun(scenario, taskIndex, Math.max(Math.round(endNs + thinkNs), releaseNs + 1));
}

/** Not rounded. A time that is drawn belongs to the job that it comes before. */
function thinkBefore({ think, thinkNs }: ClosedArrival, seed: number, taskIndex: number, jobIndex: number): number {
  if (think === "constant") return thinkNs;
  return -Math.log(1 - uniform(seed, taskIndex, jobIndex, purpose.think)) * thinkNs;
}

/** A client that would release while its task is off waits until it is on. */
function withinRun(scenario: Scenario, taskIndex: number, timeNs: number): number {
  const releaseNs = enabledFrom(scenario, taskIndex, timeNs);
  return releaseNs < scenario.durationNs ? releaseNs : Infinity;
}

/** Stands at the next release of a closed loop, as far as the ends of its jobs are known. */
export class ClosedCursor implements ReleaseCursor {
  jobIndex = 0;
  releaseNs = Infinity;
  frameNs = Number.NaN;
  deadlineNs = Number.NaN;
  readonly periodNs = Number.NaN;
  readonly priority: number;
  readonly scale = 1;
  readonly #scenario: Scenario;
  readonly #taskIndex: number;
  readonly #arrival: ClosedArrival;
  readonly #seed: number;
  /** Of each client: its next job, and when that comes; Infinity: not known yet, or never. */
  readonly #nextJob: Float64Array;
  readonly #nextNs: Float64Array;

  constructor(scenario: Scenario, taskIndex: number, arrival: ClosedArrival, seed: number) {
    this.#scenario = scenario;
    this.#taskIndex = taskIndex;
    this.#arrival = arrival;
    this.#seed = seed;
    this.#nextJob = Float64Array.from({ length: arrival.clients }, (_, client) => client);
    this.#nextNs = new Float64Array(arrival.clients).fill(firstClosedReleaseNs(scenario, taskIndex, arrival));
    this.priority = this.#task.priority;
    this.#findNext();
  }

  /** The client whose release this was waits for the end of its job. */
  advance(): void {
    this.#nextNs[this.jobIndex % this.#arrival.clients] = Infinity;
    this.#findNext();
  }

  /** A job of the loop has ended: its client is free again. Returns when its next job comes; Infinity: never. */
  jobEnded(job: EndedJob): number {
    const { clients } = this.#arrival;
    const client = job.jobIndex % clients;
    this.#nextJob[client] = job.jobIndex + clients;
    const nextNs = nextClosedReleaseNs(this.#scenario, this.#taskIndex, this.#arrival, this.#seed, job);
    this.#nextNs[client] = nextNs;
    this.#findNext();
    return nextNs;
  }

  get #task(): Task {
    return this.#scenario.tasks[this.#taskIndex]!;
  }

  /** The earliest release; of several at one instant, that of the least job. */
  #findNext(): void {
    let first = 0;
    for (let client = 1; client < this.#nextNs.length; client++) if (this.#isBefore(client, first)) first = client;
    this.jobIndex = this.#nextJob[first]!;
    this.releaseNs = this.#nextNs[first]!;
    this.frameNs = this.releaseNs;
    this.deadlineNs = deadlineOf(this.#task, this.frameNs, this.periodNs);
  }

  #isBefore(a: number, b: number): boolean {
    if (this.#nextNs[a] !== this.#nextNs[b]) return this.#nextNs[a]! < this.#nextNs[b]!;
    return this.#nextJob[a]! < this.#nextJob[b]!;
  }
}
