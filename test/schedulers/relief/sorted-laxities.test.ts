/** Chunks of sorted jobs against a plain list that is sorted again at each step. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReadyJob, TaskView } from "../../../src/core/scheduler.ts";
import { SortedLaxities } from "../../../src/schedulers/relief/sorted-laxities.ts";
import { arrivedBefore } from "../../../src/schedulers/selection.ts";
import { propertyRuns } from "../../property-runs.ts";

const task = { index: 0 } as TaskView;
const jobs = Array.from(
  { length: 400 },
  (_, slot) => ({ slot, task, jobIndex: slot, releaseNs: slot % 7 }) as ReadyJob,
);

/** Puts a job in at a time, or takes it out if it is in, and then takes time from all ahead of another. */
const step = fc.record({
  job: fc.constantFrom(...jobs),
  endNs: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(Infinity, -Infinity)),
  ahead: fc.constantFrom(...jobs),
  takenNs: fc.integer({ min: 0, max: 9 }),
});
const steps = fc.array(step, { minLength: 1, maxLength: 900, size: "max" });

/** The same by definition. */
class Plain {
  ends = new Map<ReadyJob, number>();

  get inOrder(): readonly ReadyJob[] {
    return [...this.ends.keys()].sort((a, b) => (this.isAhead(a, b, this.ends.get(b)!) ? -1 : 1));
  }

  isAhead(job: ReadyJob, other: ReadyJob, endNs: number): boolean {
    const ownNs = this.ends.get(job)!;
    return ownNs < endNs || (ownNs === endNs && arrivedBefore(job, other));
  }

  takeAhead(other: ReadyJob, endNs: number, takenNs: number): void {
    const ahead = [...this.ends.keys()].filter((job) => this.isAhead(job, other, endNs));
    for (const job of ahead) this.ends.set(job, this.ends.get(job)! - takenNs);
  }
}

test("the order and the ends of laxities are those of a list sorted at each step", () => {
  const property = fc.property(steps, fc.integer({ min: -60, max: 60 }), (all, nowNs) => {
    const sorted = new SortedLaxities();
    const plain = new Plain();
    for (const { job, endNs, ahead, takenNs } of all) {
      const aheadNs = plain.ends.get(ahead) ?? endNs;
      sorted.takeAhead(ahead, aheadNs, takenNs);
      plain.takeAhead(ahead, aheadNs, takenNs);
      if (sorted.has(job)) sorted.remove(job);
      else sorted.add(job, endNs);
      if (!plain.ends.delete(job)) plain.ends.set(job, endNs);
    }
    const order: ReadyJob[] = [];
    sorted.find((job) => order.push(job) < 0);
    expect(order.map(({ slot }) => slot)).toEqual(plain.inOrder.map(({ slot }) => slot));
    expect(order.map((job) => sorted.endNsOf(job))).toEqual(order.map((job) => plain.ends.get(job)));
    expect(sorted.first).toBe(order[0]);
    expect(sorted.firstAfter(nowNs)).toBe(order.find((job) => plain.ends.get(job)! > nowNs));
  });
  fc.assert(property, propertyRuns(60));
});
