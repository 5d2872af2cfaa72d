/** Whatever happens to an experiment file, loading it gives a plan or an InputError with places inside the file. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../../src/input/input-error.ts";
import { expectPlace, mutatedBy, mutations } from "../../input/mutated.ts";
import { propertyRuns } from "../../property-runs.ts";
import { planFolder, planIn } from "./planned.ts";

const grid = `name: exp
title: All of it
scenarios: [small, { scenario: other, set: { tasks.once.fps: [100, 200], tasks.once.model: b.yaml } }, both]
systems: [soc, { system: soc, set: { "accelerators[0].clockGHz": [1, 2] } }]
schedulers: [edf, mine.mjs, tuned.yaml, { scheduler: dream, params: { alpha: [0, 1], lateDrop: on } }]
rateScale: [0.5, { once: 2 }]
seeds: { from: 3, count: 2 }
durationMs: 3
warmupMs: 0.5
require: ["slaSatisfaction>=0.5"]
`;

const list = `name: exp
points:
  - { scenario: small, system: soc, scheduler: edf, rateScale: 2, seed: 7 }
  - { scenario: { scenario: other, set: { durationMs: 3 } }, system: soc, scheduler: dream, params: { alpha: 1 } }
  - { scenario: small, system: soc, scheduler: edf, rateScale: { audio: 2 } }
`;

test.each([
  ["a grid", grid],
  ["a list of points", list],
])("%s, mutated, gives a plan or problems with places inside the file", async (_what, text) => {
  const folder = planFolder("");
  const load = (content: string | Uint8Array) => {
    writeFileSync(join(folder, "exp.yaml"), content);
    return planIn(folder);
  };
  const { count } = await load(text);
  expect(count).toBeGreaterThan(2);
  const property = fc.asyncProperty(mutations, async (changes) => {
    const changed = mutatedBy(changes, text);
    try {
      const plan = await load(changed);
      expect(plan.coordinates(plan.count - 1)).toHaveProperty("seed", plan.request(plan.count - 1).seed);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.problems.length).toBeGreaterThan(0);
      for (const problem of error.problems)
        if (problem.file === "exp.yaml") expectPlace(problem, { "exp.yaml": changed });
    }
  });
  await fc.assert(property, propertyRuns(200));
});
