/** What the audit notices of loads of weights: one tampered log a rule. */
import { expect, test } from "vitest";
import { listenTo, type RunEvent } from "../../src/core/events.ts";
import { compile } from "../../src/core/program.ts";
import type { RunTotals, Segment, WeightLoad } from "../../src/core/records.ts";
import { simulate } from "../../src/core/simulate.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { resolveParameters } from "../../src/schedulers/parameters.ts";
import { type SmallWorld, smallScenario } from "../worlds.ts";

/** a: loads 5 ns until 5, works until 25; again 25 to 45 without a load. b: loads 6 ns until 51, works until 61; evicts a. */
const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [20], weightBytes: [50], atNs: [0, 1] },
    { id: "b", layersNs: [10], weightBytes: [60], atNs: [2] },
  ],
  accelerator: { weights: { bytes: 100, bandwidthGBs: 10, energyPjPerByte: 2, overlap: "off" } },
};

const { scenario, system, costTable } = smallScenario(world);
const program = compile(scenario, system, costTable);
const events: RunEvent[] = [];
const totals = simulate(program, fcfs, resolveParameters(fcfs, {}).values, {
  seed: 1,
  observer: listenTo((event) => events.push(event)),
});

function findingsOf(log: readonly RunEvent[], of: RunTotals = totals): readonly string[] {
  const audit = createAudit(program, { seed: 1, lateDrop: false });
  const observer = audit.observer as Partial<Record<RunEvent["kind"], (event: RunEvent) => void>>;
  for (const event of log) observer[event.kind]?.(event);
  return audit.finish(of);
}

/** The log with the i-th segment changed. */
function withSegment(i: number, change: (segment: Segment) => Partial<Segment>): readonly RunEvent[] {
  const chosen = events.filter(({ kind }) => kind === "segmentEnded")[i];
  return events.map((event) =>
    event === chosen && event.kind === "segmentEnded" ? { ...event, ...change(event) } : event,
  );
}
const withLoad = (i: number, change: Partial<WeightLoad>) =>
  withSegment(i, ({ load }) => ({ load: { ns: 5, waitNs: 5, pj: 100, bytes: 50, ...load, ...change } }));
const withTotals = (change: object): RunTotals => ({ ...totals, weights: [{ ...totals.weights![0]!, ...change }] });

test("the honest log has no findings, and is the one worked out by hand", () => {
  expect(findingsOf(events)).toEqual([]);
  expect(totals).toMatchObject({ endNs: 61, weights: [{ loads: 2, waitNs: 11, bytes: 110, pj: 220 }] });
});

test.each([
  [
    "a load that was left out",
    withSegment(0, () => ({ load: undefined as never })),
    "does not load its weights, which are not there",
  ],
  ["a load of weights that are there", withLoad(1, {}), "loads weights that are there"],
  ["a load that was too fast", withLoad(0, { ns: 4 }), "loads its weights with ns 4, not 5"],
  ["a load that nobody waited for", withLoad(0, { waitNs: 0 }), "loads its weights with waitNs 0, not 5"],
  ["a load that was too cheap", withLoad(2, { pj: 1 }), "loads its weights with pj 1, not 120"],
  ["a load of too few bytes", withLoad(2, { bytes: 1 }), "loads its weights with bytes 1, not 60"],
  ["a segment that never began", events.filter((event) => event.kind !== "segmentBegun"), "ended without having begun"],
])("%s is found", (_, log, finding) => {
  expect(findingsOf(log).join("\n")).toContain(finding);
});

test.each([
  ["loads", { loads: 3 }, 'accelerator "a0" reports load loads 3, its segments 2'],
  ["waits", { waitNs: 12 }, 'accelerator "a0" reports load waitNs 12, its segments 11'],
  ["bytes", { bytes: 0 }, 'accelerator "a0" reports load bytes 0, its segments 110'],
  ["energy", { pj: 1 }, 'accelerator "a0" reports load pj 1, its segments 220'],
])("a wrong total of %s is found", (_, change, finding) => {
  expect(findingsOf(events, withTotals(change))).toContain(finding);
});

test("a job that counts other loads than it made is found", () => {
  const log = events.map((event) =>
    event.kind === "jobCompleted" ? { ...event, weights: { loads: 7, waitNs: 0 } } : event,
  );
  expect(findingsOf(log)).toContain('job 0 of task "a" reports weight loads 7, its segments 1');
});

test("a load on a system without a memory for them is found", () => {
  const plain = smallScenario({ ...world, accelerator: {} });
  const audit = createAudit(compile(plain.scenario, plain.system, plain.costTable), { seed: 1, lateDrop: false });
  const observer = audit.observer as Partial<Record<RunEvent["kind"], (event: RunEvent) => void>>;
  for (const event of events) observer[event.kind]?.(event);
  expect(audit.finish(totals).join("\n")).toContain("loads weights");
});
