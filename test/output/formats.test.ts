/** Formats of results that the command line's tests do not look at closely. */
import { expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { configYaml } from "../../src/output/config-text.ts";
import { markdownTable } from "../../src/output/markdown-table.ts";
import { formats } from "../../src/output/results/index.ts";
import { jobsCsvHeader, jobsCsvLine } from "../../src/output/results/jobs-csv.ts";
import { overallScore } from "../../src/records/overall-score.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import { smallScenario } from "../worlds.ts";

test("every format has a name of its own and renders nothing for no results", () => {
  expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
  for (const format of formats) expect(typeof format.render([], { color: "never" })).toBe("string");
});

test("a Markdown table keeps bars inside its cells", () => {
  const table = {
    columns: [
      { heading: "a", align: "left" },
      { heading: "b", align: "right" },
    ],
    rows: [["x|y", "1"]],
  };
  expect(markdownTable(table as Parameters<typeof markdownTable>[0])).toBe("| a | b |\n| --- | ---: |\n| x\\|y | 1 |");
});

test("the overall score leaves out scenarios without one, and is absent if one is not known", () => {
  const result = (xrbenchScore: number | null) => ({ metrics: { xrbenchScore } }) as unknown as RunResult;
  expect(overallScore([result(0.5), result(null), result(1)])).toEqual({ xrbenchScore: 0.75, scenarios: 2 });
  expect(overallScore([result(null)])).toEqual({ xrbenchScore: null, scenarios: 0 });
  const unknownEnergy = [{ accelerator: "npu", models: ["m"] }];
  const unknown = { metrics: { xrbenchScore: null, released: 3 }, unknownEnergy } as unknown as RunResult;
  const nothingReleased = { metrics: { xrbenchScore: null, released: 0 }, unknownEnergy } as unknown as RunResult;
  expect(overallScore([result(0.5), unknown])).toEqual({ xrbenchScore: null, scenarios: 0 });
  expect(overallScore([result(0.5), nothingReleased])).toEqual({ xrbenchScore: 0.5, scenarios: 1 });
});

test("text that YAML would take for something else is quoted", () => {
  const fields = { a: "edf", b: "true", c: "1.5", d: "with: colon", e: null, f: ["x", "-y"], g: { n: 1 }, h: {} };
  expect(configYaml(fields, "schema").split("\n").slice(2, -1)).toEqual([
    "a: edf",
    'b: "true"',
    'c: "1.5"',
    'd: "with: colon"',
    "e: null",
    'f: [x, "-y"]',
    "g: { n: 1 }",
    "h: {}",
  ]);
});

test("a job without deadline has an empty one and is met, accelerators are joined by +", () => {
  const { scenario, system } = smallScenario({ tasks: [{ id: "t", layersNs: [1] }], accelerators: 2 });
  const job: JobRecord = {
    taskIndex: 0,
    jobIndex: 3,
    releaseNs: 5,
    frameReleaseNs: 5,
    deadlineNs: Number.POSITIVE_INFINITY,
    priority: 1,
    startNs: 6,
    completionNs: 1_000_007,
    dropNs: undefined,
    dropReason: undefined,
    variantIndex: 0,
    energyPj: 2.5e9,
    accelerators: [1, 0],
    contextSwitches: 1,
    preemptions: { checkpoint: 0, kill: 0, drain: 0 },
  };
  expect(jobsCsvLine(scenario, system)(job)).toBe("t,3,0.000005,,0.000006,1.000007,met,a1+a0,2.500000000\n");
  expect(jobsCsvHeader(scenario, system)).toMatch(/,energyMj\n$/);
  const supernet = smallScenario({ tasks: [{ id: "t", layersNs: [1], lighterNs: [[1]] }], accelerators: 2 });
  expect(jobsCsvHeader(supernet.scenario, system)).toMatch(/,energyMj,variant\n$/);
  const queue = { limit: 1, overflow: "refuse" } as const;
  const pipeline = smallScenario({ tasks: [{ id: "t", layersNs: [1], lighterNs: [[1]], reads: [0], queue }] });
  expect(jobsCsvHeader(pipeline.scenario, pipeline.system)).toMatch(/,energyMj,variant,reads,dropReason\n$/);
  expect(
    jobsCsvLine(pipeline.scenario, pipeline.system)({ ...job, accelerators: [], reads: [{ taskIndex: 0 }] }),
  ).toMatch(/,2.500000000,original,t#,\n$/);
  const memory = { bandwidthGBs: 1, energyPjPerByte: 0, overlap: "off" } as const;
  const loading = smallScenario({
    tasks: [{ id: "t", layersNs: [1] }],
    accelerator: { weights: memory },
    accelerators: 2,
  });
  expect(jobsCsvHeader(loading.scenario, loading.system)).toMatch(/,energyMj,weightLoads,weightWaitMs\n$/);
  const loadedJob = { ...job, weights: { loads: 3, waitNs: 1500 } };
  expect(jobsCsvLine(loading.scenario, loading.system)(loadedJob)).toMatch(/,2\.500000000,3,0\.001500\n$/);
  expect(jobsCsvLine(loading.scenario, loading.system)(job)).toMatch(/,2\.500000000,0,0\.000000\n$/);
  const lighter = jobsCsvLine(supernet.scenario, system)({ ...job, variantIndex: 1 });
  expect(lighter).toBe("t,3,0.000005,,0.000006,1.000007,met,a1+a0,2.500000000,lighter1\n");
});
