/** The frames of a join of several roots: known from the draws, so that no schedule changes what a join counts from. */
import { type ReleaseCursor, releaseCursor } from "./arrivals.ts";
import type { Scenario } from "./scenario.ts";

export interface JointFrame {
  /** Latest nominal release among the frames of the roots, not rounded. */
  readonly frameNs: number;
  /** Period of the first root at its frame; NaN without a rate. */
  readonly framePeriodNs: number;
}

/** Looks ahead no further than it is asked, and keeps no more than frames in flight. */
export class JointFrames {
  readonly #cursors: readonly ReleaseCursor[];
  readonly #isTriggered: (jobIndex: number) => boolean;
  readonly #ahead = new Map<number, JointFrame>();

  /** `isTriggered`: of the frames that all roots release. `take` is called for each of these once. */
  constructor(scenario: Scenario, roots: readonly number[], seed: number, isTriggered: (jobIndex: number) => boolean) {
    this.#cursors = roots.map((root) => releaseCursor(scenario, root, seed));
    this.#isTriggered = isTriggered;
  }

  take(jobIndex: number): JointFrame {
    while (this.#cursors[0]!.jobIndex <= jobIndex) this.#advance();
    const frame = this.#ahead.get(jobIndex)!;
    this.#ahead.delete(jobIndex);
    return frame;
  }

  #advance(): void {
    const [{ jobIndex, periodNs: framePeriodNs }] = this.#cursors as [ReleaseCursor];
    const frameNs = this.#cursors.reduce((latestNs, cursor) => Math.max(latestNs, cursor.frameNs), -Infinity);
    if (this.#isTriggered(jobIndex)) this.#ahead.set(jobIndex, { frameNs, framePeriodNs });
    for (const cursor of this.#cursors) cursor.advance();
  }
}
