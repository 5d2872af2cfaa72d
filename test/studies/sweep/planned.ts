/** Plans of experiment files in fresh folders, with the small scenario and system beside them. */
import { Library } from "../../../src/files/library.ts";
import { InputError } from "../../../src/input/input-error.ts";
import type { Problem } from "../../../src/input/problem.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { loadSweepPlan } from "../../../src/studies/sweep/plan/load-sweep-plan.ts";
import type { SweepPlan } from "../../../src/studies/sweep/plan/sweep-plan.ts";
import { folderWith, small } from "../../cli/call.ts";

export const policy = (name: string, parameters = "[]"): string => `export default {
  name: "${name}", summary: "s", source: "t", parameters: ${parameters},
  create: () => ({ decide: (view, decisions) => decisions.run(view.readyJobs[0], view.idleAccelerators[0]) }),
};
`;

/** Beside `small`: another scenario and system, a suite of both scenarios, a policy and a tuning. */
const world = {
  ...small,
  "other.yaml": "name: other\ndurationMs: 4\ntasks:\n  - { id: once, model: a.yaml, fps: 250 }\n",
  "both.yaml": "name: both\nscenarios: [small, other]\n",
  "fast.yaml": "name: fast\ncosts: table\ntable: soc.csv\ncontextSwitch: off\naccelerators:\n  - { id: npu }\n",
  "mine.mjs": policy("mine"),
  "tuned.yaml": "scheduler: dream\nparams: { alpha: 0.5, beta: 0.25 }\n",
};

/** The rest of an experiment beside its name. */
export const planIn = (folder: string, file = "exp.yaml"): Promise<SweepPlan> =>
  loadSweepPlan(file, new Workbench(new Library(folder)));

export const planFolder = (experiment: string, more: Readonly<Record<string, string>> = {}): string =>
  folderWith({ ...world, "exp.yaml": `name: exp\n${experiment}`, ...more });

/** `experiment`: what follows the name. */
export const planOf = (experiment: string, more: Readonly<Record<string, string>> = {}): Promise<SweepPlan> =>
  planIn(planFolder(experiment, more));

export async function problemsOfPlan(
  experiment: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly Problem[]> {
  try {
    await planOf(experiment, more);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  throw new Error("the experiment has no problem");
}

export const allCoordinates = (plan: SweepPlan) => Array.from({ length: plan.count }, (_, i) => plan.coordinates(i));
