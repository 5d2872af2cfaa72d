/** Runs points one after the other in this thread. */

import { setImmediate } from "node:timers/promises";
import type { Library } from "../files/library.ts";
import type { Workbench } from "../run/workbench.ts";
import type { PointExecutor, PointOutcome, PointSource } from "./point.ts";
import { runPoint } from "./run-point.ts";

export class InlineExecutor implements PointExecutor {
  readonly #workbench: Workbench<Library>;

  constructor(workbench: Workbench<Library>) {
    this.#workbench = workbench;
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    for (let index = 0; index < points.count; index += 1) {
      // A simulation never returns to the event loop, where signals are heard.
      await setImmediate();
      signal?.throwIfAborted();
      const request = points.request(index);
      if (request !== undefined) ended(await runPoint({ index, request }, this.#workbench));
    }
  }

  async close(): Promise<void> {}
}
