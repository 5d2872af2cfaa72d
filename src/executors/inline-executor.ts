/** Runs points one after another in this thread. */

import { setImmediate } from "node:timers/promises";
import type { Library } from "../files/library.ts";
import type { RunOptions } from "../run/run-once.ts";
import type { Workbench } from "../run/workbench.ts";
import type { PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { pointAt } from "./point-at.ts";
import { type PointOptions, runPoint } from "./run-point.ts";

export interface InlineOptions extends Pick<PointOptions, "interruptibly" | "failures"> {
  /** Listeners and audit settings of the run with a given point index. */
  readonly runOptions?: (index: number) => RunOptions;
}

export class InlineExecutor implements PointExecutor {
  readonly #workbench: () => Workbench<Library>;
  readonly #options: InlineOptions;

  /** If `workbench` is a function, it makes a new workbench for each point. */
  constructor(workbench: Workbench<Library> | (() => Workbench<Library>), options: InlineOptions = {}) {
    this.#workbench = typeof workbench === "function" ? workbench : () => workbench;
    this.#options = options;
  }

  /** Runs points in index order. Each is requested after the previous one has ended. */
  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const { runOptions, ...options } = this.#options;
    for (let index = 0; index < points.count; index += 1) {
      // A simulation never yields to the event loop, which delivers signals.
      await setImmediate();
      signal?.throwIfAborted();
      const point = pointAt(points, index);
      if (point === undefined) continue;
      ended(await runPoint(point, this.#workbench(), { ...options, runOptions: runOptions?.(index) }));
    }
  }

  async close(): Promise<void> {}
}
