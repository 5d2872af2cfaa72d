/** The examples of docs/formats.md load as they stand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Library } from "../../src/files/library.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import { loadSweepPlan } from "../../src/studies/sweep/plan/load-sweep-plan.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { folderWith } from "../cli/call.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { repository } from "../repository.ts";

const page = readFileSync(join(repository, "docs/formats.md"), "utf8");
const [model = "", scenario = "", system = "", suite = "", ...experiments] = page
  .split("```yaml\n")
  .slice(1)
  .map((part) => part.split("```")[0]);

const measured = (name: string): string => `name: ${name}\nlayers: measured\n`;
const files = memoryFiles({
  "model.yaml": model,
  "scenario.yaml": scenario,
  "system.yaml": system,
  "suite.yaml": suite,
  "hand-graph-cnn.yaml": measured("hand-graph-cnn"),
  "ritnet.yaml": measured("ritnet"),
  "fbnet-c.yaml": measured("fbnet-c"),
  "social-interaction-a.yaml": "",
  "vr-gaming.yaml": "",
});

test("the model has the layers that its comments say", () => {
  const names = loadModel("model.yaml", files).variants[0]!.layers.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(["stem", "stage1[0].expand", "stage1[0].depthwise"]);
  expect(names).toHaveLength(1 + 4 * 3 + 2);
});
test("the scenario has its tasks", () => {
  expect(loadScenario("scenario.yaml", files).tasks.map(({ id }) => id)).toEqual(["hands", "eyes", "gaze"]);
});
test("the system has its accelerators", () => {
  expect(loadSystem("system.yaml", files).accelerators.map(({ id }) => id)).toEqual(["ws", "os"]);
});
test("the suite has its scenarios", () => {
  expect(loadSuite("suite.yaml", files).scenarios).toHaveLength(2);
});
test("the experiments have their points", async () => {
  const folder = folderWith({ "grid.yaml": experiments[0]!, "list.yaml": experiments[1]! });
  const plans = await Promise.all(
    ["grid.yaml", "list.yaml"].map((file) => loadSweepPlan(file, new Workbench(new Library(folder)))),
  );
  // 3 scenarios x 3 systems x 3 rate scales x 4 schedulers x 10 seeds.
  expect(plans.map(({ count }) => count)).toEqual([1080, 2]);
});
test.each([
  ["pes-and-schedulers", 90],
  ["load-and-schedulers", 100],
])("the shipped experiment %s has %d runs, as told", async (name, count) => {
  expect(page).toContain(`\`${name}\` (${count} runs)`);
  const library = new Library(repository);
  expect((await loadSweepPlan(library.find("experiment", name), new Workbench(library))).count).toBe(count);
});
test("the shipped experiment rates-and-seeds begins with as many runs as told", async () => {
  expect(page.replace(/\s+/g, " ")).toContain(
    "`rates-and-seeds` (60 runs at first, then as many as its precision takes)",
  );
  const library = new Library(repository);
  const plan = await loadSweepPlan(library.find("experiment", "rates-and-seeds"), new Workbench(library));
  expect((plan.count / plan.seedsPerGroup) * plan.precision!.firstSeeds).toBe(60);
});
test("the phases load in the scenario", () => {
  const [, phases] = /`(phases: \[.*?\])`/.exec(page) ?? [];
  const changed = memoryFiles({
    ...Object.fromEntries(["hand-graph-cnn", "ritnet", "fbnet-c"].map((name) => [`${name}.yaml`, measured(name)])),
    "s.yaml": `${scenario}\n${phases}\n`,
  });
  expect(loadScenario("s.yaml", changed).phases).toHaveLength(1);
});
test("the replay of another tool's file loads", () => {
  const [, replay] = /`(replay: \{.*?\} \})`/.exec(page) ?? [];
  const text = `name: s\ndurationMs: 9\n${replay}\ntasks: [{ id: a, model: ritnet, deadlineMs: 5 }]\n`;
  const csv = "TIMESTAMP,app,user\n2023-11-16 18:17:03.9799600,a,x\n";
  const changed = memoryFiles({ "ritnet.yaml": measured("ritnet"), "s.yaml": text, "requests.csv": csv });
  expect(loadScenario("s.yaml", changed).tasks[0]!.release).toEqual({ kind: "trace", releases: [{ releaseNs: 0 }] });
});
