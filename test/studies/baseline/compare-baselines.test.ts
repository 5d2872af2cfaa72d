import { describe, expect, test } from "vitest";
import type { BaselineReport, FailOn } from "../../../src/records/check-report.ts";
import type { Baseline } from "../../../src/studies/baseline/baseline.ts";
import { baselineReport, checkReport } from "../../../src/studies/baseline/compare-baselines.ts";
import type { MeasuredGrid } from "../../../src/studies/baseline/measure-grid.ts";
import { baselineWith, row } from "./worlds.ts";

const then = baselineWith({ uxCost: [1] });

const reportOf = (now: Baseline, failures: MeasuredGrid["failures"] = [], before = then): BaselineReport =>
  baselineReport(
    { name: "b", path: "b.json", baseline: before },
    { baseline: now, failures },
    { tolerances: [], failOn: "worse" },
  );

const verdict = (report: BaselineReport, failOn: FailOn = "worse") => checkReport([report], [], { failOn }).verdict;

describe("what moved a value", () => {
  const causes = (now: Baseline) => reportOf(now).moves[0]?.causes;

  test("is the code where neither inputs nor parameters have moved", () => {
    expect(causes(baselineWith({ uxCost: [2] }))).toEqual(["code"]);
  });

  test("is its inputs, each by name", () => {
    const now = baselineWith({ uxCost: [2] }, { inputs: { "soc.yaml": "a2", "vr.yaml": "b1" } });
    expect(causes(now)).toEqual(["inputs"]);
    expect(reportOf(now).inputs).toEqual([{ file: "soc.yaml", before: "a1", now: "a2" }]);
  });

  test("is its policy's file", () => {
    const own = (hash: string, uxCost: number) =>
      baselineWith(
        { uxCost: [uxCost] },
        {
          schedulers: [{ label: "edf", scheduler: "./edf.js", given: {}, params: {} }],
          inputs: { "./edf.js": hash, "soc.yaml": "a1", "vr.yaml": "b1" },
        },
      );
    expect(reportOf(own("c2", 2), [], own("c1", 1)).moves[0]?.causes).toEqual(["inputs"]);
  });

  test("is not the file of another row", () => {
    const now = baselineWith({ uxCost: [2] }, { inputs: { ...then.inputs, "other.yaml": "c2" } });
    expect(causes(now)).toEqual(["code"]);
  });

  test("is its parameters: a default changed, added or removed", () => {
    const withParams = (params: Baseline["schedulers"][0]["params"], uxCost = 2) =>
      baselineWith({ uxCost: [uxCost] }, { schedulers: [{ label: "edf", scheduler: "edf", given: {}, params }] });
    expect(causes(withParams({ alpha: 2 }))).toEqual(["parameters"]);
    expect(causes(withParams({ alpha: 1, beta: true }))).toEqual(["parameters"]);
    expect(causes(withParams({}))).toEqual(["parameters"]);
    expect(reportOf(withParams({ beta: true })).parameters).toEqual([
      { scheduler: "edf", parameter: "alpha", before: 1, now: null },
      { scheduler: "edf", parameter: "beta", before: null, now: true },
    ]);
  });

  test("is inputs and parameters where both have moved", () => {
    const schedulers = [{ label: "edf", scheduler: "edf", given: {}, params: { alpha: 2 } }];
    expect(causes(baselineWith({ uxCost: [2] }, { schedulers, inputs: { "soc.yaml": "a2" } }))).toEqual([
      "inputs",
      "parameters",
    ]);
  });
});

describe("the verdict", () => {
  test("is passed where nothing moved, and with other inputs, too", () => {
    expect(verdict(reportOf(then))).toBe("passed");
    expect(verdict(reportOf(baselineWith({ uxCost: [1] }, { inputs: {} })))).toBe("passed");
  });

  test("is failed where a value is worse, whatever moved it", () => {
    expect(verdict(reportOf(baselineWith({ uxCost: [2] })))).toBe("failed");
    expect(verdict(reportOf(baselineWith({ uxCost: [2] }, { inputs: {} })))).toBe("failed");
  });

  test("is incomparable where nothing was compared", () => {
    const empty = baselineWith({}, { rows: [] });
    expect(verdict(reportOf(empty, [], empty))).toBe("incomparable");
    expect(checkReport([], [], { failOn: "worse" }).verdict).toBe("incomparable");
  });

  test("is incomparable where a run failed, even if another value is worse", () => {
    const failure = { ...row({}), seed: 1, failure: { kind: "policy", message: "it\n  threw" } } as const;
    const report = reportOf(baselineWith({}, { rows: [] }), [failure]);
    expect(report.lacks).toEqual([
      { reason: "seed 1: it threw", rows: [{ scenario: "vr", system: "soc", scheduler: "edf" }] },
    ]);
    expect(verdict(report)).toBe("incomparable");
  });

  test("is incomparable where the baseline lacks a row of its own grid", () => {
    const before = baselineWith({}, { rows: [{ ...row({ uxCost: [1] }), scheduler: "fcfs" }] });
    const now = baselineWith({ uxCost: [1] }, { rows: [...before.rows, row({ uxCost: [1] })] });
    const schedulers = ["fcfs", "edf"].map((name) => ({ label: name, scheduler: name, given: {}, params: {} }));
    const report = reportOf({ ...now, schedulers }, [], { ...before, schedulers });
    expect(report.lacks).toMatchObject([{ reason: "the baseline has no such row", rows: [{ scheduler: "edf" }] }]);
    expect(verdict(report)).toBe("incomparable");
  });

  test("tells why a run failed in one line, without the piece of the file", () => {
    const message = "a.yaml:21:3: not valid\n  21 |   - { name: x }\n     |   ^\nb.yaml:1:1: gone";
    const failure = { ...row({}), seed: 1, failure: { kind: "input", message } } as const;
    expect(reportOf(baselineWith({}, { rows: [] }), [failure]).lacks[0]!.reason).toBe(
      "a.yaml:21:3: not valid b.yaml:1:1: gone",
    );
  });

  test("is incomparable where a metric is unknown, even if another value is worse", () => {
    const before = baselineWith({ uxCost: [1], uxCots: [1] });
    expect(verdict(reportOf(baselineWith({ uxCost: [2] }), [], before))).toBe("incomparable");
  });

  test("is failed where a requirement is not met", () => {
    const requirements = [{ requirement: "uxCost<=0", text: "uxCost<=0: not met", isMet: false }];
    expect(checkReport([reportOf(then)], requirements, { failOn: "worse" }).verdict).toBe("failed");
  });
});

describe("a row of which only values moved that are not kept", () => {
  const now = baselineWith({}, { rows: [row({ uxCost: [1] }, ["other"])] });

  test("is told, and fails only where changes do", () => {
    expect(reportOf(now).unkept).toHaveLength(1);
    expect(verdict(reportOf(now))).toBe("passed");
    expect(verdict(reportOf(now), "change")).toBe("failed");
  });

  test("is not told where its parameters explain the other hash", () => {
    const schedulers = [{ label: "edf", scheduler: "edf", given: {}, params: {} }];
    expect(reportOf({ ...now, schedulers }).unkept).toEqual([]);
  });
});
