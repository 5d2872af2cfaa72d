/** The queue of PREMA chooses what the paper's algorithm 2 says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobList, ReadyJob } from "../../../src/core/scheduler.ts";
import type { TokenLedger } from "../../../src/schedulers/prema/token-ledger.ts";
import { TokenQueue } from "../../../src/schedulers/prema/token-queue.ts";
import { propertyRuns } from "../../property-runs.ts";

describe("the queue", () => {
  type Job = ReadyJob & { readonly token: number; readonly isEligible: boolean };
  const job = fc.record({
    token: fc.oneof(fc.constantFrom(0.5, 1, 3, 9), fc.double({ min: 0, max: 12, noNaN: true })),
    isEligible: fc.boolean(),
    isFresh: fc.boolean(),
    releaseNs: fc.integer({ min: 0, max: 3 }),
  });
  const rules = fc.record({
    comparison: fc.constantFrom("at-least" as const, "above" as const),
    freshTokens: fc.constantFrom("counted" as const, "ignored" as const),
    isMemoryless: fc.boolean(),
  });
  test("chooses what algorithm 2 says, however few jobs it looks at", () => {
    const property = fc.property(fc.array(job, { maxLength: 12 }), rules, (given, { isMemoryless, ...rest }) => {
      const jobs = given.map((each, jobIndex) => ({ ...each, jobIndex, task: { index: 0 } }));
      const ledger = {
        isMemoryless,
        token: (each: Job) => each.token,
        isFresh: (each: { isFresh: boolean }) => each.isFresh,
      };
      const queue = new TokenQueue(ledger as unknown as TokenLedger, [1, 3, 9], rest);
      const list = { length: jobs.length, at: (i: number) => jobs[i], first: jobs[0] } as unknown as JobList<ReadyJob>;
      const chosen = queue.choose(list, (each) => (each as Job).isEligible);
      expect(chosen).toBe(plainChoice(jobs, rest));
    });
    fc.assert(property, propertyRuns(1000));
  });

  interface PlainJob {
    readonly token: number;
    readonly isEligible: boolean;
    readonly isFresh: boolean;
    readonly releaseNs: number;
  }
  /** Threshold, candidates and choice one after the other. */
  function plainChoice<T extends PlainJob>(jobs: readonly T[], rest: { comparison: string; freshTokens: string }) {
    const eligible = jobs.filter((each) => each.isEligible);
    const counted = eligible.filter((each) => rest.freshTokens === "counted" || !each.isFresh);
    const largest = Math.max(...counted.map((each) => each.token));
    const threshold = Math.max(...[1, 3, 9].filter((level) => level <= largest));
    const passes = ({ token }: T) => (rest.comparison === "above" ? token > threshold : token >= threshold);
    const oldest = eligible.toSorted((a, b) => a.releaseNs - b.releaseNs)[0];
    return eligible.find(passes) ?? oldest;
  }
});
