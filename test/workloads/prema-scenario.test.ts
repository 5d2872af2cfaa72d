/** PREMA's multi-tenant workload (docs/references.md#prema-workload), and the effect of a run's seed on it. */
import { expect, test } from "vitest";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { possibleModels, scenarioOfSeed } from "../../src/scenario/multi-tenant.ts";
import { call } from "../cli/call.ts";
import { shippedFile, shippedFiles } from "./shipped-files.ts";

const scenario = loadScenario(shippedFile("scenario", "prema-multi-tenant"), shippedFiles());
const seeds = Array.from({ length: 25 }, (_, i) => i + 1);

test("it draws eight tenants from eight networks at three batches and priorities, without deadlines", () => {
  const names = ["alexnet", "googlenet", "vgg16", "mobilenet-v1", "rnn-sa", "rnn-mt1", "rnn-mt2", "rnn-asr"];
  const expected = names.flatMap((name) => [name, `${name}@4`, `${name}@16`]);
  expect(possibleModels(scenario).map(({ name }) => name)).toEqual(expected);
  expect(scenario.generator).toMatchObject({ tasks: 8, batches: [1, 4, 16], priorities: [1, 3, 9] });
  expect(scenario.tasks.every(({ deadlineNs }) => deadlineNs === Infinity)).toBe(true);
});

test("its 25 seeds are 25 mixes, in which every network and priority comes up", () => {
  const mixes = seeds.map((seed) => scenarioOfSeed(scenario, seed).tasks);
  expect(new Set(mixes.map((tasks) => tasks.map(({ model }) => model.name).join())).size).toBe(25);
  expect(new Set(mixes.flat().map(({ model }) => model.name.replace(/@.*/, ""))).size).toBe(8);
  expect(new Set(mixes.flat().map(({ priority }) => priority))).toEqual(new Set([1, 3, 9]));
});

test("its window is 500 000 cycles a task at 700 MHz", () => {
  expect(scenario.generator!.windowNs).toBeCloseTo((8 * 500_000) / 0.7, -4);
});

interface Shown {
  readonly tasks: readonly { readonly task: string; readonly model: string }[];
}

async function modelsRun(scheduler: string, seed: number): Promise<readonly string[]> {
  const options = ["--system", "prema-npu", "--scheduler", scheduler, "--seed", `${seed}`, "--format", "json"];
  const { code, stdout } = await call(["run", "prema-multi-tenant", ...options]);
  expect(code).toBe(0);
  return (JSON.parse(stdout) as Shown).tasks.map(({ model }) => model);
}

test("a run has the tenants of its seed, whatever the scheduler", async () => {
  const expected = scenarioOfSeed(scenario, 3).tasks.map(({ model }) => model.name);
  expect(await modelsRun("fcfs", 3)).toEqual(expected);
  expect(await modelsRun("np-hpf", 3)).toEqual(expected);
  expect(await modelsRun("fcfs", 4)).not.toEqual(expected);
});

test("rtmm show says what is generated, and shows the tenants of a seed", async () => {
  const { stdout } = await call(["show", "prema-multi-tenant", "--seed", "3"]);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    "8 tasks of one job each; model alexnet, googlenet, vgg16, mobilenet-v1, rnn-sa, rnn-mt1, rnn-mt2, rnn-asr; batch 1, 4, 16; priority 1, 3, 9; released in 0-5.714 ms; no deadline",
  );
  for (const { id, model } of scenarioOfSeed(scenario, 3).tasks)
    expect(stdout).toMatch(new RegExp(`^${id} +${model.name} `, "m"));
  const json = await call(["show", "prema-multi-tenant", "--format", "json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({ generator: { kind: "multi-tenant", tasks: 8, windowMs: 5.714 } });
});
