/** What a join counts from is the same under every schedule. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { listenToEnds, together } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { propertyRuns } from "../property-runs.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";
import { randomJoins } from "./random-joins.ts";
import { chaos } from "./random-worlds.ts";

/** Frame and deadline of each job, by its name, and what the audit finds. */
function audited(world: SmallWorld, salt: number) {
  const { scenario, system, costTable } = smallScenario(world);
  const program = compile(scenario, system, costTable);
  const seed = world.seed ?? 1;
  const audit = createAudit(program, { seed, lateDrop: false });
  const jobs: [name: string, frameNs: number, deadlineNs: number][] = [];
  const ends = listenToEnds(({ taskIndex, jobIndex, frameReleaseNs, deadlineNs }) =>
    jobs.push([`${taskIndex}#${jobIndex}`, frameReleaseNs, deadlineNs]),
  );
  const totals = simulate(
    program,
    chaos,
    { salt, lateDrop: false },
    { seed, observer: together([audit.observer, ends]) },
  );
  return { jobs: jobs.sort(([a], [b]) => (a < b ? -1 : 1)), findings: audit.finish(totals) };
}

test("jobs, their frames and their deadlines are those of the draws, however jobs are dropped", () => {
  const property = fc.property(randomJoins, fc.integer(), fc.integer(), (world, one, other) => {
    const [here, there] = [audited(world, one), audited(world, other)];
    expect(here.findings).toEqual([]);
    expect(there.jobs).toEqual(here.jobs);
  });
  fc.assert(property, propertyRuns(300));
});
