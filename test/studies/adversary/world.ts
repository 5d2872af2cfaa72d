/** A space of scenarios small enough to work out by hand: one accelerator, and a long and a short model. */

import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import type { PointExecutor } from "../../../src/executors/point.ts";
import { Library } from "../../../src/files/library.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { Journal } from "../../../src/studies/adversary/journal.ts";
import { type AdversaryPlan, planAdversary } from "../../../src/studies/adversary/plan.ts";
import { type Searched, search } from "../../../src/studies/adversary/search.ts";
import type { AdversarySettings } from "../../../src/studies/adversary/settings.ts";
import { folderWith } from "../../cli/call.ts";

/** A job of `long` takes 6 ms, one of `short` 1 ms. */
export const world = {
  "long.yaml": "name: long\nlayers: measured\n",
  "short.yaml": "name: short\nlayers: measured\n",
  "npu.yaml": "name: npu\ncosts: table\ntable: npu.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu }\n",
  "npu.csv": "model,accelerator,latencyMs,energyMj\nlong,npu,6,6\nshort,npu,1,1\n",
};

export const ranges = (more = "tasks: { from: 1, to: 3 }"): string =>
  `name: tiny\nmodels: [long, short]\nsystems: [npu]\ndurationMs: 100\nfps: 10\n${more}\n`;

/** fcfs runs what came first, sjf what is short: it answers sooner on average. */
export const settings = (changes: Partial<AdversarySettings> = {}): AdversarySettings => ({
  ...{ a: "fcfs", b: "sjf", params: [], paramsFiles: [], metric: "meanResponseMs", within: "tiny.yaml" },
  ...{ seeds: [1], budget: 200, chains: 8, keep: 0.9, ...changes },
});

export interface Opened {
  readonly plan: AdversaryPlan;
  readonly workbench: Workbench<Library>;
  readonly cwd: string;
}

export async function opened(
  changes: Partial<AdversarySettings> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Opened> {
  const cwd = folderWith({ ...world, "tiny.yaml": ranges(), ...files });
  const workbench = new Workbench(new Library(cwd));
  return { cwd, workbench, plan: await planAdversary(settings(changes), workbench) };
}

/** In this thread, with a journal in the folder. `stopAfter`: scenarios, as Ctrl-C would. */
export async function searched(
  { plan, workbench, cwd }: Opened,
  stopAfter = Infinity,
  executor: PointExecutor = new InlineExecutor(workbench),
): Promise<Searched> {
  const stop = new AbortController();
  const journal = new Journal(`${cwd}/evaluations.jsonl`);
  const found = await search(plan, {
    executor,
    journal,
    signal: stop.signal,
    advanced: (tried) => tried >= stopAfter && stop.abort(new Error("stopped")),
  });
  journal.putInOrder();
  return found;
}
