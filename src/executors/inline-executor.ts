/** Runs points one after the other in this thread. */

import { setImmediate } from "node:timers/promises";
import type { Library } from "../files/library.ts";
import type { RunOptions } from "../run/run-once.ts";
import type { Workbench } from "../run/workbench.ts";
import type { PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { pointAt } from "./point-at.ts";
import { type PointOptions, runPoint } from "./run-point.ts";

export interface InlineOptions extends Pick<PointOptions, "interruptibly" | "failures"> {
  /** Who hears of the run's jobs and whether it is audited, by number of the point. */
  readonly runOptions?: (index: number) => RunOptions;
}

export class InlineExecutor implements PointExecutor {
  readonly #workbench: () => Workbench<Library>;
  readonly #options: InlineOptions;

  /** Where it is a function, each point has a workbench of its own. */
  constructor(workbench: Workbench<Library> | (() => Workbench<Library>), options: InlineOptions = {}) {
    this.#workbench = typeof workbench === "function" ? workbench : () => workbench;
    this.#options = options;
  }

  /** Points in their order: each is asked for when those before it are over. */
  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const { runOptions, ...options } = this.#options;
    for (let index = 0; index < points.count; index += 1) {
      // A simulation never returns to the event loop, where signals are heard.
      await setImmediate();
      signal?.throwIfAborted();
      const point = pointAt(points, index);
      if (point === undefined) continue;
      ended(await runPoint(point, this.#workbench(), { ...options, runOptions: runOptions?.(index) }));
    }
  }

  async close(): Promise<void> {}
}
