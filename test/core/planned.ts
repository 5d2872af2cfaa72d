/** A policy that does what a test wrote down, and a readable account of what came of it. */
import type { Decisions, Policy, ReadyJob, RunningJob, Scheduler } from "../../src/core/scheduler.ts";
import { fcfs } from "../../src/schedulers/fcfs.ts";
import { run, type SmallRun, type SmallWorld } from "../worlds.ts";

/** Jobs are named "task#job". */
export type Step = { readonly atNs: number } & (
  | { readonly run: string; readonly on?: number; readonly layers?: number; readonly units?: number }
  | { readonly drop: string }
  | { readonly choose: string; readonly variant: number }
  | { readonly checkpoint: string }
  | { readonly kill: string }
  | { readonly drain: string }
);

/** Takes each step once, at its time, as soon as the job is there; at other times it lets things be. */
export function planned(steps: readonly Step[]): Scheduler {
  return scheduler(() => {
    const left = new Set(steps);
    const due = (nowNs: number) => [...left].filter((step) => step.atNs === nowNs);
    const wake = (nowNs: number, decisions: { wakeAt(timeNs: number): void }) => {
      const later = [...left].map((step) => step.atNs).filter((atNs) => atNs > nowNs);
      if (later.length > 0) decisions.wakeAt(Math.min(...later));
    };
    return {
      preempt(view, decisions) {
        wake(view.nowNs, decisions);
        for (const step of due(view.nowNs)) {
          const [kind, name] = preemptionOf(step) ?? [];
          const job = view.runningJobs.find((running) => nameOf(running) === name);
          if (job === undefined || kind === undefined) continue;
          left.delete(step);
          decisions.preempt(job, kind);
        }
      },
      decide(view, decisions) {
        wake(view.nowNs, decisions);
        for (const step of due(view.nowNs)) {
          const job = [...view.readyJobs].find((ready) => nameOf(ready) === readyNameOf(step));
          if (job === undefined) continue;
          left.delete(step);
          return act(step, job, decisions, view.accelerators[("on" in step ? step.on : undefined) ?? 0]!);
        }
      },
    };
  });
}

function act(step: Step, job: ReadyJob, decisions: Decisions, accelerator: RunningJob["accelerator"]): void {
  if ("drop" in step) decisions.drop(job);
  if ("choose" in step) decisions.chooseVariant(job, step.variant);
  if (!("run" in step)) return;
  const { layers, units } = step;
  decisions.run(job, accelerator, { ...(layers !== undefined && { layers }), ...(units !== undefined && { units }) });
}

function readyNameOf(step: Step): string | undefined {
  if ("run" in step) return step.run;
  if ("drop" in step) return step.drop;
  return "choose" in step ? step.choose : undefined;
}

function preemptionOf(step: Step): ["checkpoint" | "kill" | "drain", string] | undefined {
  if ("checkpoint" in step) return ["checkpoint", step.checkpoint];
  if ("kill" in step) return ["kill", step.kill];
  return "drain" in step ? ["drain", step.drain] : undefined;
}

/** A scheduler without parameters or late drops, made of a policy or of what is new in one each run. */
export function scheduler(policy: Partial<Policy> | (() => Partial<Policy>)): Scheduler {
  const idle: Policy = { lateDrop: false, decide: () => {} };
  return {
    name: "scripted",
    summary: "what a test wrote down",
    source: "test",
    parameters: [],
    create: () => ({ ...idle, ...(typeof policy === "function" ? policy() : policy) }),
  };
}

/** Runs the first ready job, whole, on the first idle accelerator. */
export const firstComeFirst: Policy["decide"] = (view, decisions) =>
  decisions.run(view.readyJobs.first, view.idleAccelerators[0]);

/** Does so, and nothing else. */
export const greedy = scheduler({ decide: firstComeFirst });

export const nameOf = (job: ReadyJob): string => `${job.task.id}#${job.jobIndex}`;

/** [startNs, endNs, "task#job.layer", accelerator] of all work, by start, then accelerator. */
export function work(world: SmallWorld, { segments }: SmallRun): (readonly [number, number, string, number])[] {
  const name = ({ taskIndex, jobIndex, layerIndex }: SmallRun["segments"][number]) =>
    `${world.tasks[taskIndex]!.id}#${jobIndex}.${layerIndex}`;
  return segments
    .map((segment) => [segment.startNs, segment.endNs, name(segment), segment.acceleratorIndex] as const)
    .sort((a, b) => a[0] - b[0] || a[3] - b[3] || a[1] - b[1]);
}

/** Runs the steps and tells the work that came of them. */
export const workOf = (world: SmallWorld, steps: readonly Step[]) => work(world, run(world, planned(steps)));

/** [endNs, "task#job"] of each job. */
export const endsOf = (world: SmallWorld, by: Scheduler = fcfs) =>
  run(world, by).ends.map(([timeNs, job]) => [timeNs, job]);

/** [releaseNs, deadlineNs, "task#job"] by release, then task, then job. */
export function releases(world: SmallWorld, { jobs }: SmallRun): (readonly [number, number, string])[] {
  return [...jobs]
    .sort((a, b) => a.releaseNs - b.releaseNs || a.taskIndex - b.taskIndex || a.jobIndex - b.jobIndex)
    .map((job) => [job.releaseNs, job.deadlineNs, `${world.tasks[job.taskIndex]!.id}#${job.jobIndex}`] as const);
}
