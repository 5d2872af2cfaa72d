/** Random ended jobs of two tasks, a root and a dependent one, for property tests. */
import fc from "fast-check";
import type { JobRecord } from "../../src/core/records.ts";
import type { TaskContext } from "../../src/metrics/measurement-context.ts";
import { job, mj, ms, task } from "./world.ts";

const scored = (isolatedMs: number, accuracyScore: number, accuracyLoss: number) => ({
  isolatedNs: isolatedMs * ms,
  accuracyScore,
  accuracyLoss,
  exits: [],
});

export const randomTasks: readonly TaskContext[] = [
  task("root", { worstEnergyPj: 9 * mj, variants: [scored(2, 1, 0), scored(1, 0.7, 0.3)] }),
  task("child", { isDependent: true, variants: [scored(3, 0.9, 0), scored(0.5, 0.2, 0.8)] }),
];

/** Energies are at most the worst case of both tasks, as without wasted work. */
const randomJob: fc.Arbitrary<JobRecord> = fc
  .record({
    taskIndex: fc.nat(1),
    jobIndex: fc.nat(1000),
    frameReleaseNs: fc.nat(50 * ms),
    afterNs: fc.nat(5 * ms),
    responseNs: fc.integer({ min: 1, max: 60 * ms }),
    deadlineNs: fc.oneof(fc.integer({ min: 0, max: 60 * ms }), fc.constant(Infinity)),
    priority: fc.constantFrom(1, 3, 9),
    variantIndex: fc.nat(1),
    energyPj: fc.nat(8000).map((uj) => uj * 1e6),
    dropReason: fc.constantFrom(undefined, undefined, undefined, "late" as const, "policy" as const, "parent" as const),
  })
  .map(({ afterNs, responseNs, ...fields }) => {
    const releaseNs = fields.frameReleaseNs + afterNs;
    const completionNs = fields.dropReason === undefined ? releaseNs + responseNs : undefined;
    return job({ ...fields, releaseNs, completionNs });
  });

export const randomJobs = fc.array(randomJob, { maxLength: 60 });

/** The same job, dropped before it started. */
export const droppedInstead = (from: JobRecord): JobRecord => ({
  ...from,
  completionNs: undefined,
  startNs: undefined,
  dropNs: from.releaseNs,
  dropReason: "policy",
  energyPj: 0,
});
