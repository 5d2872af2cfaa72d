/** The commands, in the order of `rtmm --help`. Only the command that is called is loaded. */
import type { CommandEntry } from "./command.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "simulate scenarios or suites and print their metrics",
    load: () => import("./commands/run.ts"),
  },
  {
    name: "watch",
    summary: "run again whenever a file that the run read changes",
    load: () => import("./commands/watch.ts"),
  },
  {
    name: "explain",
    summary: "tell the story of one job of a run: what it waited for, and why",
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "diff",
    summary: "show where two runs of a scenario part and why, and what that changes",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "play",
    summary: "open a playground in the browser: drag rates and sizes, see what every scheduler does",
    load: () => import("./commands/play.ts"),
  },
  {
    name: "report",
    summary: "write one page with what there is to see of a run, comparison, sweep or check",
    load: () => import("./commands/report.ts"),
  },
  {
    name: "plot",
    summary: "draw a figure of a run, comparison, sweep or other record as SVG, PDF or PNG",
    load: () => import("./commands/plot.ts"),
  },
  {
    name: "compare",
    summary: "run several schedulers on the same draws and compare their metrics",
    load: () => import("./commands/compare.ts"),
  },
  {
    name: "sweep",
    summary: "run every point of an experiment file in parallel and keep the results",
    load: () => import("./commands/sweep.ts"),
  },
  {
    name: "merge",
    summary: "merge the shards of a sweep into one",
    load: () => import("./commands/merge.ts"),
  },
  {
    name: "capacity",
    summary: "find the largest load that each scheduler sustains on a system",
    load: () => import("./commands/capacity.ts"),
  },
  {
    name: "bound",
    summary: "prove what no scheduler can do better: violations, energy and UXCost",
    load: () => import("./commands/bound.ts"),
  },
  {
    name: "tune",
    summary: "search a scheduler's parameters for the best value of a metric",
    load: () => import("./commands/tune.ts"),
  },
  {
    name: "optimum",
    summary: "search the best schedule of a small case, and how far policies are from it",
    load: () => import("./commands/optimum.ts"),
  },
  {
    name: "adversary",
    summary: "find the scenario in which one scheduler loses most to another",
    load: () => import("./commands/adversary.ts"),
  },
  {
    name: "baseline",
    summary: "save results of scenarios and suites as a reference for rtmm check",
    load: () => import("./commands/baseline.ts"),
  },
  {
    name: "check",
    summary: "rerun baselines and fail if a value got worse",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "reproduce",
    summary: "run a paper's comparison, or horizon's; show claims beside our results",
    load: () => import("./commands/reproduce.ts"),
  },
  {
    name: "worker",
    summary: "run points of sweeps from a queue, on any number of machines",
    load: () => import("./commands/worker.ts"),
  },
  {
    name: "list",
    summary: "list scenarios, systems, models, schedulers, metrics and suites",
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
    name: "test-policy",
    summary: "try a policy on random small scenarios, and find the smallest that it fails on",
    load: () => import("./commands/test-policy.ts"),
  },
  {
    name: "init",
    summary: "write a project to start from, also from networks or profiles that you have",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "import",
    summary: "convert files of other tools to rtmm files",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "export",
    summary: "write models and costs as files of other tools",
    load: () => import("./commands/export.ts"),
  },
  {
    name: "validate",
    summary: "check model, scenario, system and suite files",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "rerun",
    summary: "repeat the run of a result.json and compare the results",
    load: () => import("./commands/rerun.ts"),
  },
  {
    name: "verify",
    summary: "run a scenario several times and check that every result is the same",
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "completion",
    summary: "print what bash, zsh or fish needs to complete command lines",
    load: () => import("./commands/completion.ts"),
  },
];
