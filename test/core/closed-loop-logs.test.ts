/** Logs of closed loops: what of them is found out to be wrong, and what holds of any run. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JobCompleted } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { JobRecord, RunTotals } from "../../src/core/records.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { createConservation } from "../../src/run/conservation.ts";
import { anyScheduler } from "../cheap-schedulers.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, smallScenario } from "../worlds.ts";
import { two } from "./clients.ts";
import { greedy } from "./planned.ts";
import { randomClosedWorld } from "./random-worlds.ts";

describe("a log", () => {
  const { scenario, system, costTable } = smallScenario(two);
  const program = compile(scenario, system, costTable);
  const { jobs, segments, totals } = run(two, greedy);
  const findingsOf = (told: readonly JobRecord[]): readonly string[] => {
    const { observer, finish } = createAudit(program, { seed: 1, lateDrop: false });
    for (const each of segments) observer.segmentEnded!({ kind: "segmentEnded", timeNs: each.endNs, ...each });
    for (const each of told) {
      const timeNs = each.completionNs!;
      observer.jobCompleted!({ kind: "jobCompleted", timeNs, ...each } as JobCompleted);
    }
    return finish(totals);
  };
  const faultsOf = (told: readonly JobRecord[], of: RunTotals = totals) => {
    const conservation = createConservation(program, 1);
    for (const job of told) conservation.jobEnded(job);
    conservation.check(of);
  };

  test("that is honest has no findings", () => {
    expect(findingsOf(jobs)).toEqual([]);
    expect(() => faultsOf(jobs)).not.toThrow();
  });
  test.each([
    [
      "a release before its client is free",
      jobs.with(2, { ...jobs[2]!, releaseNs: 17 }),
      "was released at 17 ns, not 18",
    ],
    ["a job that another client should have had", jobs.with(6, { ...jobs[6]!, jobIndex: 7 }), "should not exist"],
    ["a client that stops too early", jobs.slice(0, 6), "job 0/6 (task/index) never ended"],
  ])("with %s is found out", (_what, told, finding) => {
    expect(findingsOf(told).join("\n")).toContain(finding);
  });
  test("with a job that ended twice in place of another is found out in every run", () => {
    expect(() => faultsOf(jobs.with(0, { ...jobs[0]!, jobIndex: 2 }))).toThrow("one job ended twice");
  });
});

test("in any run, each client has one job at a time and goes on after each", () => {
  const property = fc.property(randomClosedWorld, anyScheduler(), (world, each) => {
    const { jobs } = run(world, each);
    world.tasks.forEach(({ release }, taskIndex) => {
      if (release?.kind !== "closed") return;
      const own = new Map(jobs.filter((job) => job.taskIndex === taskIndex).map((job) => [job.jobIndex, job]));
      for (const [jobIndex, job] of own) {
        const last = own.get(jobIndex - release.clients);
        expect(last === undefined).toBe(jobIndex < release.clients);
        if (last !== undefined) expect(job.releaseNs).toBeGreaterThanOrEqual(last.completionNs ?? last.dropNs!);
      }
    });
  });
  fc.assert(property, propertyRuns(200));
});
