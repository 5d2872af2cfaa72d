/** This thread as the first of a crew. */
import { setImmediate } from "node:timers/promises";
import type { Library } from "../../files/library.ts";
import type { RunRequest } from "../../run/run-setup.ts";
import type { Workbench } from "../../run/workbench.ts";
import type { Point, PointOutcome } from "../point.ts";
import { type PointOptions, runPoint } from "../run-point.ts";
import type { PointRunner } from "./thread-run.ts";

export interface ThisThreadOptions extends PointOptions {
  /** Whether a point must not run in this thread. */
  readonly isForThreads: (request: RunRequest) => boolean;
  /** Told how long each point took. Returns whether the next one may run here. */
  readonly goesOn: (pointMs: number) => boolean;
  /** Called once, when no further point will run here. */
  readonly left: () => void;
}

/** Runs points one by one, until one must not run here. From then on, a worker thread runs them in its place. */
export class ThisThread implements PointRunner {
  readonly #workbench: Workbench<Library>;
  readonly #substitute: PointRunner;
  readonly #options: ThisThreadOptions;
  #isHere = true;

  constructor(workbench: Workbench<Library>, substitute: PointRunner, options: ThisThreadOptions) {
    this.#workbench = workbench;
    this.#substitute = substitute;
    this.#options = options;
  }

  /** One point, so that each is requested after the one before has ended. */
  get mostPoints(): number | undefined {
    return this.#isHere ? 1 : this.#substitute.mostPoints;
  }

  get takesAhead(): boolean {
    return !this.#isHere && this.#substitute.takesAhead;
  }

  async run(points: readonly Point[], ended: (outcome: PointOutcome) => void, signal: AbortSignal): Promise<unknown> {
    if (this.#isHere && points.some(({ request }) => this.#options.isForThreads(request))) this.#leave();
    if (!this.#isHere) return this.#substitute.run(points, ended, signal);
    for (const point of points) {
      // A simulation never yields to the event loop, which delivers signals and the outcomes of the other members.
      await setImmediate();
      if (signal.aborted) return undefined;
      await this.#runHere(point, ended);
    }
    return undefined;
  }

  async #runHere(point: Point, ended: (outcome: PointOutcome) => void): Promise<void> {
    const startMs = performance.now();
    const outcome = await runPoint(point, this.#workbench, this.#options);
    const pointMs = performance.now() - startMs;
    ended(outcome);
    if (!this.#options.goesOn(pointMs)) this.#leave();
  }

  #leave(): void {
    this.#isHere = false;
    this.#options.left();
  }

  close(): Promise<void> {
    return this.#substitute.close();
  }
}
