/** Shares the points of all runs in progress among a crew. A member that has nothing to do takes a batch of any run. */
import type { PointExecutor, PointOutcome, PointSource } from "../point.ts";
import { type PointRunner, ThreadRun } from "./thread-run.ts";

export class CrewExecutor implements PointExecutor {
  readonly #crew: readonly PointRunner[];
  /** How many of the crew, from the first on, take batches. */
  #atWork: number;
  /** Numbers of the members that have a batch. */
  readonly #busy = new Set<number>();
  /** In the order in which they came. */
  readonly #runs = new Set<ThreadRun>();

  /** `atWork`: how many of them take batches at first; all by default. */
  constructor(crew: readonly PointRunner[], atWork = crew.length) {
    this.#crew = crew;
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

  #wakeAll(): void {
    for (const member of this.#crew.keys()) this.#wake(member);
  }

  #wake(member: number): void {
    if (member < this.#atWork && !this.#busy.has(member)) void this.#keepBusy(member);
  }

  /** Gives a member one batch after another for as long as there are points. */
  async #keepBusy(member: number): Promise<void> {
    this.#busy.add(member);
    for (let batch = this.#begin(member); batch !== undefined; ) {
      await batch.end;
      // Before the run ends: what its caller does then may take long.
      const next = this.#begin(member);
      batch.run.batchEnded();
      batch = next;
    }
    this.#busy.delete(member);
  }

  #begin(member: number): { readonly run: ThreadRun; readonly end: Promise<void> } | undefined {
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
