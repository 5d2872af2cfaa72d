/** Baselines measured and checked in this thread, on a scenario small enough to schedule by hand. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Baseline } from "../../../src/studies/baseline/baseline.ts";
import { baselineText } from "../../../src/studies/baseline/baseline-text.ts";
import { cheapNames } from "../../cheap-schedulers.ts";
import { folderWith, small } from "../../cli/call.ts";
import { propertyRuns } from "../../property-runs.ts";
import { checkIn, measuredIn } from "./worlds.ts";

const readBack = (baseline: Baseline): Baseline => JSON.parse(baselineText(baseline)) as Baseline;

/** With a value changed, as if other code had measured it. */
function altered(baseline: Baseline, value: string, change: (value: number) => number): Baseline {
  const [first, ...rest] = baseline.rows;
  const values = { ...first!.values, [value]: first!.values[value]!.map((each) => change(each ?? 0)) };
  return { ...baseline, rows: [{ ...first!, values }, ...rest] };
}

test("a check right after saving is clean, whatever was saved", async () => {
  const folder = folderWith(small);
  const names = fc.uniqueArray(fc.constantFrom(...cheapNames), { minLength: 1, maxLength: 4 });
  const seed = fc.integer({ min: 0, max: 1000 });
  await fc.assert(
    fc.asyncProperty(names, seed, fc.integer({ min: 1, max: 3 }), async (chosen, from, count) => {
      const seeds = Array.from({ length: count }, (_, index) => from + index);
      const { baseline, failures } = await measuredIn(folder, { schedulers: chosen, seeds });
      // Some built-in policies refuse a system; nothing is saved of those.
      fc.pre(failures.length === 0);
      const report = await checkIn(folder, readBack(baseline), { failOn: "change" });
      expect(report.verdict).toBe("passed");
      expect(report.baselines[0]).toMatchObject({
        moves: [],
        lacks: [],
        inputs: [],
        parameters: [],
        added: [],
        unkept: [],
      });
      expect(report.baselines[0]!.compared).toBeGreaterThan(0);
    }),
    propertyRuns(20),
  );
});

test("a baseline with another rate and duration is measured with them again", async () => {
  const folder = folderWith(small);
  const { baseline } = await measuredIn(folder, { variation: { rateScale: 2 }, durationMs: 8, warmupMs: 1 });
  const plain = await measuredIn(folder);
  expect(baseline.rows[0]!.values.released).not.toEqual(plain.baseline.rows[0]!.values.released);
  expect((await checkIn(folder, readBack(baseline))).verdict).toBe("passed");
});

test("parameters that were given stay, whatever their scheduler's default is", async () => {
  const folder = folderWith(small);
  const { baseline } = await measuredIn(folder, { schedulers: ["edf:granularity=model"] });
  expect(baseline.schedulers[0]).toMatchObject({ label: "edf:granularity=model", given: { granularity: "model" } });
  expect((await checkIn(folder, readBack(baseline))).verdict).toBe("passed");
});

test("two scenarios of one name are told apart by their files", async () => {
  const folder = folderWith({ ...small, "again.yaml": small["small.yaml"] });
  const { baseline } = await measuredIn(folder, { scenarios: ["./small.yaml", "./again.yaml"] });
  expect(baseline.cases.map(({ scenario }) => scenario)).toEqual(["small (small.yaml)", "small (again.yaml)"]);
  expect((await checkIn(folder, baseline)).verdict).toBe("passed");
});

describe("what moved since", () => {
  test("is the code where a value is another one and nothing else is", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    const report = await checkIn(
      folder,
      altered(baseline, "energyMj", (value) => value / 2),
    );
    const [move] = report.baselines[0]!.moves;
    expect(report.verdict).toBe("failed");
    expect(move).toMatchObject({ value: "energyMj", scheduler: "edf", verdict: "worse", change: 1, causes: ["code"] });
    expect(report.baselines[0]!.moves).toHaveLength(1);
  });

  test("is the table of costs, which is named", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    writeFileSync(join(folder, "soc.csv"), small["soc.csv"].replace("a,npu,1,0.5", "a,npu,1,0.75"));
    const [report] = (await checkIn(folder, baseline)).baselines;
    expect(report!.inputs.map(({ file }) => file)).toEqual(["soc.csv"]);
    expect(new Set(report!.moves.flatMap(({ causes }) => causes))).toEqual(new Set(["inputs"]));
    expect(report!.moves).toContainEqual(expect.objectContaining({ value: "energyMj", verdict: "worse", fails: true }));
  });

  test("is a default that was another one then", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    const [first, ...rest] = baseline.schedulers;
    const params = { ...first!.params, granularity: "2", formerly: 1 };
    const before = altered({ ...baseline, schedulers: [{ ...first!, params }, ...rest] }, "energyMj", (e) => e * 2);
    const [report] = (await checkIn(folder, before)).baselines;
    expect(report!.parameters).toEqual([
      { scheduler: "edf", parameter: "granularity", before: "2", now: "layer" },
      { scheduler: "edf", parameter: "formerly", before: 1, now: null },
    ]);
    expect(report!.moves).toMatchObject([{ value: "energyMj", verdict: "better", causes: ["parameters"] }]);
  });

  test("is told where only a comment did, and nothing fails", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    writeFileSync(join(folder, "small.yaml"), `# a comment\n${small["small.yaml"]}`);
    const report = await checkIn(folder, baseline, { failOn: "change" });
    expect(report.verdict).toBe("passed");
    expect(report.baselines[0]!.inputs.map(({ file }) => file)).toEqual(["small.yaml"]);
  });
});

describe("what can no longer be compared", () => {
  test("is every row of a scenario whose file is gone", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    rmSync(join(folder, "small.yaml"));
    const report = await checkIn(folder, baseline);
    expect(report.verdict).toBe("incomparable");
    expect(report.baselines[0]!.lacks).toMatchObject([{ rows: [{ scheduler: "edf" }, { scheduler: "fcfs" }] }]);
    expect(report.baselines[0]!.lacks[0]!.reason).toContain("there is no file small.yaml");
  });

  test("is the row of a scheduler that is gone, and the others are compared", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    const [first, ...rest] = baseline.schedulers;
    const report = await checkIn(folder, { ...baseline, schedulers: [{ ...first!, scheduler: "edff" }, ...rest] });
    expect(report.verdict).toBe("incomparable");
    expect(report.baselines[0]!.lacks).toMatchObject([{ rows: [{ scheduler: "edf" }] }]);
    expect(report.baselines[0]!.compared).toBe(Object.keys(baseline.rows[1]!.values).length);
  });

  test("is the row of a parameter that is gone", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    const [first, ...rest] = baseline.schedulers;
    const report = await checkIn(folder, { ...baseline, schedulers: [{ ...first!, given: { formerly: 1 } }, ...rest] });
    expect(report.verdict).toBe("incomparable");
    expect(report.baselines[0]!.lacks[0]!.reason).toContain('no parameter "formerly"');
  });

  test("are the values of a task that is gone", async () => {
    const folder = folderWith(small);
    const { baseline } = await measuredIn(folder);
    writeFileSync(join(folder, "small.yaml"), small["small.yaml"].replaceAll("audio", "sound"));
    const report = await checkIn(folder, baseline);
    expect(report.verdict).toBe("incomparable");
    expect(report.baselines[0]!.lacks.map(({ reason }) => reason)).toContain(
      "tasks.audio.p99Ms: there is no such value any more",
    );
    expect(report.baselines[0]!.added.map(({ value }) => value)).toContain("tasks.sound.p99Ms");
  });
});
