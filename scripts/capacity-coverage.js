// Coverage of the intervals of capacities: many searches with few seeds each, against one search with many seeds.
// Prints the table of docs/capacity.md in about two minutes. Needs dist/: npm run build.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InlineExecutor } from "../dist/executors/inline-executor.js";
import { Library } from "../dist/files/library.js";
import { parseRequirement } from "../dist/run/requirements/requirement.js";
import { Workbench } from "../dist/run/workbench.js";
import { landmarks } from "../dist/studies/capacity/curve.js";
import { factorAt } from "../dist/studies/capacity/factor-grid.js";
import { planCapacity } from "../dist/studies/capacity/plan.js";
import { runCapacity } from "../dist/studies/capacity/run-capacity.js";

/** Poisson arrivals, and a camera whose frames trigger more work half of the time. */
const files = {
  "random.yaml": `name: random
durationMs: 2000
tasks:
  - { id: touch, model: a.yaml, arrival: { kind: poisson, ratePerS: 100 }, deadlineMs: 8 }
  - { id: eye, model: a.yaml, fps: 60 }
  - { id: gaze, model: b.yaml, after: { task: eye, probability: 0.5 } }
`,
  "soc.yaml": "name: soc\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu }\n",
  "soc.csv": "model,accelerator,latencyMs,energyMj\na,npu,1,1\nb,npu,3,1\n",
  "a.yaml": "name: a\nlayers: measured\n",
  "b.yaml": "name: b\nlayers: measured\n",
};
const BOUND = "slaSatisfaction>=0.95";
const TRUTH_SEEDS = 400;
const SEARCHES = 100;

const folder = mkdtempSync(join(tmpdir(), "rtmm-"));
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
const workbench = new Workbench(new Library(folder));

async function capacityWith(seeds) {
  const names = { scenarios: ["random"], systems: ["soc"], schedulers: ["edf"], params: [], paramsFiles: [] };
  const settings = { ...names, bounds: [parseRequirement(BOUND)], seeds, tolerance: 0.01, warmupMs: 0 };
  const plan = await planCapacity(settings, workbench);
  const executor = new InlineExecutor(workbench);
  const running = { executor, searchesAtOnce: 1, signal: new AbortController().signal, ended: () => undefined };
  const [{ curve, stopped }] = await runCapacity(plan, running);
  if (stopped !== undefined) throw new Error(JSON.stringify(stopped));
  const { largest, sureTo, sureFrom } = landmarks(curve);
  const factor = (step, none) => (step === undefined ? none : factorAt(plan.grid, step));
  return { capacity: factor(largest, 0), low: factor(sureTo, 0), high: factor(sureFrom, Infinity) };
}

const seedsFrom = (first, count) => Array.from({ length: count }, (_, i) => first + i);

const { capacity: truth } = await capacityWith(seedsFrom(1_000_000, TRUTH_SEEDS));
console.log(`capacity with ${TRUTH_SEEDS} seeds: ${truth}`);
console.log("seeds  coverage  mean width");
for (const count of [3, 5, 10]) {
  const found = [];
  for (let at = 0; at < SEARCHES; at += 1) found.push(await capacityWith(seedsFrom(1 + at * count, count)));
  const covered = found.filter(({ low, high }) => low <= truth && truth < high).length;
  const width = found.reduce((sum, { low, high, capacity }) => sum + (high - low) / capacity, 0) / found.length;
  console.log(`${count}  ${(covered / SEARCHES).toFixed(2)}  ${(100 * width).toFixed(1)} %`);
}
rmSync(folder, { recursive: true });
