/** The commands, in the order of `rtmm --help`; only the one that is called is loaded. */
import type { CommandDefinition } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly command: CommandDefinition }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "simulate scenarios or suites and print their metrics",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "compare",
    summary: "run several schedulers on the same draws and compare their metrics",
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "sweep",
    summary: "run all that an experiment file asks for, in parallel, and keep every point",
    load: () => import("./commands/sweep.ts"),
  },
  {
    name: "merge",
    summary: "put the shards of a sweep together",
    load: () => import("./commands/merge.ts"),
  },
  {
    name: "capacity",
    summary: "search the largest load that a system carries, by scheduler",
    load: () => import("./commands/capacity.ts"),
  },
  {
    name: "tune",
    summary: "search the parameters of a scheduler for the best value of a metric",
    load: () => import("./commands/tune.ts"),
  },
  {
    name: "baseline",
    summary: "keep results of scenarios and suites to hold later ones against",
    load: () => import("./commands/baseline.ts"),
  },
  {
    name: "check",
    summary: "run what baselines have again and fail where a number got worse",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "reproduce",
    summary: "run a paper's comparison and put its claims beside what comes out here",
    load: () => import("./commands/reproduce.ts"),
  },
  {
    name: "worker",
    summary: "take points of sweeps from a queue, on any number of machines",
    load: () => import("./commands/worker.ts"),
  },
  {
    name: "list",
    summary: "name the scenarios, systems, models, schedulers, metrics and suites there are",
    load: () => import("./commands/list.ts"),
  },
  {
    name: "show",
    summary: "describe a scenario, suite, model, system, scheduler or metric",
    load: () => import("./commands/show.ts"),
  },
  {
    name: "cost",
    summary: "print what each layer of a model costs on each accelerator of a system",
    load: () => import("./commands/cost.ts"),
  },
  {
    name: "import",
    summary: "turn files of other tools into rtmm's",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "validate",
    summary: "check model, scenario, system and suite files",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "rerun",
    summary: "repeat the run of a result.json and compare",
    load: () => import("./commands/rerun.ts"),
  },
  {
    name: "verify",
    summary: "run a scenario several times and show that its result stays the same",
    load: () => import("./commands/verify.ts"),
  },
];
