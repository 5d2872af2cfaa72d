/** The parameters of `horizon`, each with its range and reason; docs/horizon.md has the measurements. */
import type { ParameterDeclarations, ValuesOf } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { DEFAULT_CONFIGURATIONS } from "./configuration.ts";
import type { DispatcherSetting } from "./dispatcher.ts";
import type { PlanLimits } from "./planner.ts";
import type { RolloutSetting } from "./rollout.ts";

const planParameters = {
  configurations: {
    kind: "text",
    summary:
      "what plans choose from: order/latencyWeight/energyWeight/room, separated by spaces; order: edf, llf or relative",
    default: DEFAULT_CONFIGURATIONS,
  },
  budget: {
    kind: "number",
    summary: "most work of a plan: how often its rollouts look at a waiting job, before the last one",
    // One plan in a hundred needs more in the built-in scenarios.
    default: 200_000,
    min: 1,
    max: 1_000_000_000,
    isInteger: true,
  },
  passes: {
    kind: "number",
    summary: "most moves per plan: each pass keeps the one that saves most",
    default: 2,
    min: 0,
    max: 100,
    isInteger: true,
  },
  planAt: {
    kind: "choice",
    summary: "when a new plan is due: at releases, or at both releases and ends of jobs",
    default: "both",
    choices: ["both", "release"],
  },
  predict: { kind: "boolean", summary: "expect the next releases of tasks that have a rate", default: true },
  fade: { kind: "boolean", summary: "expected releases count less the later they come", default: true },
  jobMoves: { kind: "boolean", summary: "plans may boost or give up single jobs", default: true },
  variants: {
    kind: "boolean",
    summary: "plans may run lighter variants of supernets while something is missed",
    default: true,
  },
  learnPace: {
    kind: "boolean",
    summary: "learn how long the layers of a model take on an accelerator relative to their estimates",
    default: true,
  },
} satisfies ParameterDeclarations;

const rolloutParameters = {
  horizonMs: {
    kind: "number",
    summary: "how far rollouts look ahead, if no waiting job is due later",
    // A period of a 60 fps task. Farther takes longer and gains nothing in the built-in scenarios.
    default: 15,
    min: 0,
    max: 100_000,
  },
  farMs: {
    kind: "number",
    summary: "how far they look instead, if something is missed up to horizonMs; 0: no second plan",
    // Under overload it takes more than a period to see what a miss now saves later.
    default: 45,
    min: 0,
    max: 100_000,
  },
  maxHorizonMs: {
    kind: "number",
    summary: "how far rollouts look ahead for the last deadline of a waiting job",
    // Long jobs need it: one that is due later than rollouts see is noticed when it is too late.
    default: 150,
    min: 0,
    max: 100_000,
  },
  blockMs: {
    kind: "number",
    summary: "rollouts merge layers that suit accelerators alike into blocks of up to this time; 0: single layers",
    // Rollouts are shorter by as much, and see the same changes of accelerator.
    default: 0.25,
    min: 0,
    max: 100_000,
  },
  kappa: {
    kind: "number",
    summary: "cost of a miss, relative to the worst-case energy of the job",
    default: 10,
    min: 0,
    max: 1_000_000,
  },
  mu: {
    kind: "number",
    summary: "share of a miss that counts jobs (SLA satisfaction) instead of rates (UXCost)",
    // 0 has about the same UXCost and meets fewer deadlines; 0.5 meets more, at 1 % more UXCost.
    default: 0.3,
    min: 0,
    max: 1,
  },
  margin: {
    kind: "number",
    summary: "share of the deadline before its end in which completing begins to cost",
    default: 0.05,
    min: 0,
    max: 1,
  },
  soft: {
    kind: "number",
    summary: "cost of completing right at the deadline, as a share of a miss",
    default: 0.2,
    min: 0,
    max: 1,
  },
  spread: {
    kind: "number",
    summary: "standard deviations of its length that a job may stay below or above its expectation",
    // Refusing at the expectation gives up jobs that turn out short; tasks of known length are not concerned.
    default: 1.3,
    min: 0,
    max: 10,
  },
} satisfies ParameterDeclarations;

const dispatchParameters = {
  urgencyMs: {
    kind: "number",
    summary: "time of deadline or slack that weighs as much as a factor e of latency or energy",
    default: 10,
    min: 0.000001,
    max: 1_000_000,
  },
  backlog: {
    kind: "number",
    summary: "late jobs of a task that may wait to be finished in spare time; 0: late jobs are dropped",
    default: 1,
    min: 0,
    max: 1_000_000,
    isInteger: true,
  },
  backgroundEnergy: {
    kind: "number",
    summary: "weight of the energy preference of late jobs",
    default: 3,
    min: 0,
    max: 1000,
  },
  lateDrop: { ...lateDrop, default: false },
} satisfies ParameterDeclarations;

export const horizonParameters = { ...planParameters, ...rolloutParameters, ...dispatchParameters };

export type HorizonValues = ValuesOf<typeof horizonParameters>;

export const limitsOf = ({ passes, budget, jobMoves, variants, ...values }: HorizonValues): PlanLimits => ({
  horizon: {
    nearNs: values.horizonMs * 1e6,
    farNs: values.farMs * 1e6,
    mostNs: values.maxHorizonMs * 1e6,
  },
  passes,
  budget,
  movesJobs: jobMoves,
  movesVariants: variants,
});

export const settingOf = (values: HorizonValues): RolloutSetting & DispatcherSetting => ({
  urgencyNs: values.urgencyMs * 1e6,
  backgroundEnergyWeight: values.backgroundEnergy,
  choosesVariants: values.variants,
  finishesLateJobs: values.backlog > 0,
  charges: { missCost: values.kappa, soft: values.soft, margin: values.margin },
});
