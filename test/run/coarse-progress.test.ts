/** How much of a run is simulated, as it goes on. */
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { coarseProgress } from "../../src/run/coarse-progress.ts";

test("is told at steps of a thousandth, at the ends of jobs", () => {
  const shares: number[] = [];
  const observer = coarseProgress(10_000, (share) => shares.push(share));
  for (const timeNs of [4, 9, 10, 11, 19, 20, 5000, 5009, 5010, 10_000, 12_000])
    observer.jobCompleted!({ timeNs } as Parameters<NonNullable<typeof observer.jobCompleted>>[0]);
  // The next step is 10 ns after the end that was told; the run may end after its duration.
  expect(shares).toEqual([0.001, 0.002, 0.5, 0.501, 1, 1]);
});

test("changes nothing of the result, and ends at the end", async () => {
  const shares: number[] = [];
  const request = { scenario: "ar-gaming", scheduler: "dream" };
  const told = await run({ ...request, progress: (share) => void shares.push(share) });
  expect(told.resultHash).toBe((await run(request)).resultHash);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect([shares.length > 10, shares.at(-1)! > 0.95]).toEqual([true, true]);
});
