/** Shares the points of all runs in progress among a crew. A member that has nothing to do takes a batch of any run. */
import type { PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { type PointRunner, ThreadRun } from "./thread-run.ts";

/** The one that a member is at, and the next. */
const MOST_BATCHES = 2;

export class CrewExecutor implements PointExecutor {
  readonly #crew: readonly PointRunner[];
  /** How many of the crew, from the first on, take batches. */
  #atWork: number;
  /** How many batches each member has. */
  readonly #batches: number[];
  /** In the order in which they came. */
  readonly #runs = new Set<ThreadRun>();

  /** `atWork`: how many of them take batches at first; all by default. */
  constructor(crew: readonly PointRunner[], atWork = crew.length) {
    this.#crew = crew;
    this.#batches = crew.map(() => 0);
    this.#atWork = atWork;
  }

  /** Also rejects with an error that the source throws. */
  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const run = new ThreadRun(points, ended, this.#crew.length, signal);
    this.#runs.add(run);
    // Its home asks first, and therefore gets the first case.
    this.#wake(run.home);
    this.#wakeAll();
    await run.over;
    this.#runs.delete(run);
    run.halt.throwIfAborted();
  }

  /** Points not yet taken, those that need no run included. */
  get left(): number {
    return [...this.#runs].reduce((sum, run) => sum + run.left, 0);
  }

  /** Lets so many of the crew take batches, from the first on, if they are more than before. */
  putToWork(members: number): void {
    if (members <= this.#atWork) return;
    this.#atWork = Math.min(members, this.#crew.length);
    this.#wakeAll();
  }

  /** A first batch for each, then those that are taken ahead. */
  #wakeAll(): void {
    for (const batches of [1, MOST_BATCHES]) for (const member of this.#crew.keys()) this.#wake(member, batches);
  }

  #wake(member: number, batches = 1): void {
    const most = this.#crew[member]!.takesAhead ? batches : 1;
    if (member < this.#atWork && this.#batches[member]! < most) void this.#keepBusy(member);
  }

  /** Gives a member one batch after another for as long as there are points. */
  async #keepBusy(member: number): Promise<void> {
    this.#batches[member]! += 1;
    for (let batch = this.#begin(member); batch !== undefined; ) {
      await batch.end;
      // Before the run ends: what its caller does then may take long.
      const next = this.#begin(member);
      batch.run.batchEnded();
      batch = next;
    }
    this.#batches[member]! -= 1;
  }

  #begin(member: number): { readonly run: ThreadRun; readonly end: Promise<void> } | undefined {
    // The last points are for those that have none.
    if (this.#batches[member]! > 1 && this.left < this.#atWork) return undefined;
    const runs = [...this.#runs].filter(({ hasPoints }) => hasPoints);
    const run = runFor(member, runs);
    const company = runs.length === 1 ? "alone" : "with others";
    return run && { run, end: run.begin(this.#crew[member]!, member, company) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#crew.map((member) => member.close()));
  }
}

/** The first run whose costs the member knows; else one that nobody works on, so that few compute the same costs. */
const runFor = (member: number, runs: readonly ThreadRun[]): ThreadRun | undefined =>
  runs.find(({ home }) => home === member) ?? runs.find(({ isIdle }) => isIdle) ?? runs[0];
