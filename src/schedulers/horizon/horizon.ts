/**
 * Receding-horizon scheduling by rollouts. Ours. Sources: rollout algorithms (Bertsekas, Tsitsiklis and Wu 1997) and model
 * predictive control: at each release and end of a job, the near future is played forward under a few configurations of
 * a simple dispatcher, and the cheapest one decides until the next plan. docs/horizon.md explains every part.
 */
import type { Platform, Policy, ReadyJob, Reason, RunningJob, RunningView } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { oneLayer } from "../selection.ts";
import { Background } from "./background.ts";
import { configurationsOf } from "./configuration.ts";
import { Dispatcher } from "./dispatcher.ts";
import { LengthSpread } from "./length-spread.ts";
import { hasFreeVariant, Memory } from "./memory.ts";
import { Pace } from "./pace.ts";
import { type HorizonValues, horizonParameters, limitsOf, settingOf } from "./parameters.ts";
import { Planner } from "./planner.ts";
import { Predictor } from "./predictor.ts";
import { Rollout } from "./rollout.ts";
import { Situation } from "./situation.ts";
import { TaskFacts } from "./task-facts.ts";
import { Waiting } from "./waiting.ts";
import { Work } from "./work-table.ts";

export const horizon = defineScheduler({
  name: "horizon",
  summary: "plays the near future forward under a few rules, and follows the cheapest; a layer at a time",
  source: "rtmm; rollouts as in Bertsekas et al., Journal of Heuristics 1997",
  parameters: horizonParameters,
  create: (platform, parameters) => horizonPolicy(platform, parameters),
});

/** Why it waits: there is always something that it could run, but should not. */
const waits: Reason = { rule: "no idle accelerator is in time, or a job waits for one of less energy" };

function horizonPolicy(platform: Platform, parameters: HorizonValues): Policy {
  const work = new Work(platform, parameters.blockMs * 1e6);
  const facts = new TaskFacts(platform, parameters.mu);
  const memory = new Memory(platform);
  const lengths = new LengthSpread(platform, work, parameters.spread);
  const dispatcher = new Dispatcher(platform, { work, memory, lengths }, settingOf(parameters));
  const waiting = new Waiting(platform, dispatcher, work, memory);
  const background = new Background(waiting, memory, parameters.backlog);
  const predictor = parameters.predict ? new Predictor(platform, parameters.fade) : undefined;
  const pace = new Pace(work, parameters.learnPace);
  const situation = new Situation(platform, { work, facts, memory, pace });
  const rollout = new Rollout(platform, { situation, work, facts, memory, lengths }, settingOf(parameters));
  const parts = { situation, rollout, memory, predictor };
  const planner = new Planner(platform, configurationsOf(parameters.configurations), parts, limitsOf(parameters));
  let isPlanDue = true;
  const planIfDue = (view: RunningView) => {
    if (!isPlanDue) return;
    planner.plan(view, waiting.jobs);
    isPlanDue = false;
    waiting.look(view, isPlanDue);
  };
  return {
    lateDrop: parameters.lateDrop,
    rank: ({ deadlineNs }) => deadlineNs,
    jobReleased(job) {
      memory.released(job);
      lengths.released(job);
      pace.released(job);
      predictor?.released(job);
      isPlanDue = true;
    },
    jobEnded(job, nowNs, dropReason) {
      if (dropReason === undefined) {
        lengths.completed(job);
        pace.completed(job, nowNs);
      }
      if (parameters.planAt === "both") isPlanDue = true;
    },
    preempt(view, decisions) {
      const open = background.openAccelerators(view);
      if (open === undefined) return;
      waiting.look(view, isPlanDue);
      planIfDue(view);
      dispatcher.choose(view.nowNs, waiting.jobs, open, planner.configuration);
      const stopped = background.stoppedFor(view, dispatcher);
      if (stopped === undefined) return;
      decisions.preempt(stopped, "checkpoint");
      if (decisions.explains) decisions.because(stopReason(dispatcher.job!, stopped));
    },
    decide(view, decisions) {
      waiting.look(view, isPlanDue);
      const surplus = background.surplus();
      if (surplus !== undefined) {
        decisions.drop(surplus);
        if (decisions.explains) decisions.because(surplusReason(surplus));
        return;
      }
      planIfDue(view);
      const recast = waiting.jobs.find((job) => hasFreeVariant(job) && job.variantIndex !== memory.variantOf(job));
      if (recast !== undefined) {
        lengths.variantChosen(recast);
        decisions.chooseVariant(recast, memory.variantOf(recast));
        if (decisions.explains) decisions.because(variantReason(recast, memory.variantOf(recast)));
        return;
      }
      const choice = [view.nowNs, waiting.jobs, view.idleAccelerators, planner.configuration] as const;
      dispatcher.choose(...choice);
      const { job, accelerator } = dispatcher;
      if (job === undefined) return decisions.because(waits);
      decisions.run(job, accelerator!, oneLayer);
      // Before what is learned from the choice can move the ratings that led to it.
      if (decisions.explains) decisions.because(dispatcher.reason(...choice));
      lengths.dispatched(job);
      pace.dispatched(job, accelerator!, view.nowNs);
      memory.dispatched(job, accelerator!);
    },
  };
}

const stopReason = (job: ReadyJob, stopped: RunningJob): Reason => ({
  rule: "late work makes room for a job that can be in time",
  candidates: [{ job }, { job: stopped }],
});

const variantReason = (job: ReadyJob, variantIndex: number): Reason => ({
  rule: variantIndex === 0 ? "nothing is missed any more" : "the plan costs less with the lighter variant",
  candidates: [{ job }],
});

const surplusReason = (job: ReadyJob): Reason => ({
  rule: "late, and as many late jobs of its task wait as the backlog allows",
  candidates: [{ job }],
});
