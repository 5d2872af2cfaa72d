/** What the hash of a plan depends on, and what holds of any grid. */
import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../property-runs.ts";
import { allCoordinates, planFolder, planIn, planOf, policy } from "./planned.ts";

describe("the hash of a plan", () => {
  const experiment = "scenarios: [sub/small.yaml]\nsystems: [soc, hda-2-ws-os-4k]\nschedulers: [edf, mine.mjs]\n";
  const more = { "sub/small.yaml": "name: small\ndurationMs: 4\ntasks: [{ id: a, model: ../a.yaml, fps: 250 }]\n" };
  const hashOf = async (text = experiment, changed: Readonly<Record<string, string>> = {}) =>
    (await planOf(text, { ...more, ...changed })).hash;

  test("is the same in another folder, and called from another one", async () => {
    const folder = planFolder(experiment, more);
    const { hash } = await planIn(folder);
    const copy = join(mkdtempSync(join(tmpdir(), "rtmm-")), "deep", "er");
    cpSync(folder, copy, { recursive: true });
    expect((await planIn(copy)).hash).toBe(hash);
    expect((await planIn(tmpdir(), join(folder, "exp.yaml"))).hash).toBe(hash);
  });

  test.each([
    ["a comment", `# more\n${experiment}`, {}],
    ["its title", `title: T\n${experiment}`, {}],
    ["how it counts its seeds", `${experiment}seeds: { from: 1, count: 1 }\n`, {}],
    ["what is required of runs", `${experiment}require: ["slaSatisfaction>=0.5"]\n`, {}],
  ])("does not depend on %s", async (_what, text, changed) => {
    expect(await hashOf(text, changed)).toBe(await hashOf());
  });

  test.each([
    ["a model", experiment, { "a.yaml": "name: a\nlayers: measured\nbatch: 2\n" }],
    ["a cost", experiment, { "soc.csv": "model,accelerator,latencyMs\na,npu,1\n" }],
    ["the policy", experiment, { "mine.mjs": `${policy("mine")}//\n` }],
    ["the seeds", `${experiment}seeds: 2\n`, {}],
    ["a rate", `${experiment}rateScale: [1]\n`, {}],
    ["the duration", `${experiment}durationMs: 3\n`, {}],
    ["the warm-up", `${experiment}warmupMs: 1\n`, {}],
    ["a parameter", experiment.replace("[edf,", "[{ scheduler: edf, params: { lateDrop: false } },"), {}],
    ["a value", experiment.replace("[soc,", "[{ system: soc, set: { title: t } },"), {}],
    ["a precision", `${experiment}precision: 2%\n`, {}],
    ["the order", experiment.replace("edf, mine.mjs", "mine.mjs, edf"), {}],
  ])("changes with %s", async (_what, text, changed) => {
    expect(await hashOf(text, changed)).not.toBe(await hashOf());
  });

  test("and the inputs know of files that only some values name", async () => {
    const text =
      "scenarios: [other]\nsystems: [{ system: soc, set: { table: [soc.csv, two.csv] } }]\nschedulers: [edf]\n";
    const files = { "two.csv": "model,accelerator,latencyMs\na,npu,2\n" };
    expect((await planOf(text, files)).inputs.map(({ role, path }) => [role, path])).toContainEqual([
      "data",
      "two.csv",
    ]);
    expect(await hashOf(text, files)).not.toBe(await hashOf(text, { "two.csv": `${files["two.csv"]}b,npu,2\n` }));
  });
});

describe("any grid", () => {
  const values = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
  const list = (numbers: readonly number[]) => `[${numbers.join(", ")}]`;
  const grids = fc
    .record({
      fps: values,
      durations: values,
      clocks: values,
      rates: fc.option(values),
      alphas: fc.uniqueArray(fc.constantFrom(0, 0.5, 1, 2), { minLength: 1, maxLength: 3 }),
      seeds: values,
      also: fc.record({ scenario: fc.boolean(), system: fc.boolean(), scheduler: fc.boolean() }),
    })
    .map(({ fps, durations, clocks, rates, alphas, seeds, also }) => ({
      text: `scenarios: [${also.scenario ? "small, " : ""}{ scenario: other, set: { tasks.once.fps: ${list(fps)}, durationMs: ${list(durations)} } }]
systems: [{ system: soc, set: { "accelerators[0].clockGHz": ${list(clocks)} } }${also.system ? ", fast" : ""}]
schedulers: [${also.scheduler ? "fcfs, " : ""}{ scheduler: dream, params: { alpha: ${list(alphas)} } }]
${rates === null ? "" : `rateScale: ${list(rates)}`}
seeds: ${list(seeds)}
`,
      seeds: seeds.length,
      schedulers: alphas.length + Number(also.scheduler),
      count:
        (fps.length * durations.length + Number(also.scenario)) *
        (clocks.length + Number(also.system)) *
        (rates?.length ?? 1) *
        (alphas.length + Number(also.scheduler)) *
        seeds.length,
    }));

  test("has as many points as its axes say, each with coordinates of its own, in groups and cases", async () => {
    const property = fc.asyncProperty(grids, async ({ text, seeds, schedulers, count }) => {
      const plan = await planOf(text);
      expect([plan.count, plan.seedsPerGroup, plan.caseSize]).toEqual([count, seeds, seeds * schedulers]);
      const coordinates = allCoordinates(plan);
      const texts = coordinates.map((each) => JSON.stringify(each));
      expect(new Set(texts).size).toBe(count);
      const requests = coordinates.map((_, index) => plan.request(index));
      expect(new Set(requests.map((each) => JSON.stringify(each))).size).toBe(count);
      for (const [index, { seed: _seed, ...group }] of coordinates.entries()) {
        const { seed: _first, ...first } = coordinates[index - (index % plan.seedsPerGroup)]!;
        expect(group).toEqual(first);
        const leader = requests[index - (index % plan.caseSize)]!;
        const { scenario, system, variation } = requests[index]!;
        expect({ scenario, system, variation }).toEqual({
          scenario: leader.scenario,
          system: leader.system,
          variation: leader.variation,
        });
        for (const name of Object.keys(coordinates[index]!)) expect(plan.coordinateNames).toContain(name);
      }
    });
    await fc.assert(property, propertyRuns(40));
  });
});
