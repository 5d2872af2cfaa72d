/** A schedule as a list of decisions: recorded from any run, and repeated by a policy of its own. */
import type { Observer } from "../core/events.ts";
import type {
  AcceleratorView,
  Decisions,
  JobList,
  Policy,
  PreemptDecisions,
  ReadyJob,
  RunningJob,
  Scheduler,
} from "../core/scheduler.ts";

/** Decisions in the order in which they were made. */
export type Schedule = readonly Decision[];

/** A decision about one job. */
export type Decision = { readonly atNs: number; readonly task: number; readonly job: number } & (
  | { readonly do: "run"; readonly on: number; readonly layers?: number; readonly units: number }
  | { readonly do: "choose"; readonly variant: number }
  | { readonly do: "drop" | "checkpoint" | "kill" | "drain" }
);

export interface RecordedSchedule {
  readonly observer: Observer;
  /** Of the run so far. */
  readonly schedule: Schedule;
}

/** Records what a policy decides. A late drop by the core becomes a decision like any other. */
export function recordSchedule(): RecordedSchedule {
  const schedule: Decision[] = [];
  return {
    schedule,
    observer: {
      jobDispatched: ({ timeNs, taskIndex, jobIndex, acceleratorIndex, layers, units }) =>
        schedule.push({ atNs: timeNs, task: taskIndex, job: jobIndex, do: "run", on: acceleratorIndex, layers, units }),
      variantChosen: ({ timeNs, taskIndex, jobIndex, variantIndex }) =>
        schedule.push({ atNs: timeNs, task: taskIndex, job: jobIndex, do: "choose", variant: variantIndex }),
      jobPreempted: ({ timeNs, taskIndex, jobIndex, how }) =>
        schedule.push({ atNs: timeNs, task: taskIndex, job: jobIndex, do: how }),
      jobDropped({ timeNs, taskIndex, jobIndex, dropReason }) {
        if (dropReason !== "late" && dropReason !== "policy") return;
        schedule.push({ atNs: timeNs, task: taskIndex, job: jobIndex, do: "drop" });
      },
    },
  };
}

/** A scheduler that makes the decisions of a schedule. It suits one scenario, system and seed. */
export function replayOf(schedule: Schedule, name = "replay"): Scheduler {
  return {
    name,
    summary: `repeats a schedule of ${schedule.length} decisions`,
    source: "rtmm optimum",
    parameters: [],
    create: () => replay(schedule),
  };
}

function replay(schedule: Schedule): Policy {
  let next = 0;
  /** Gives the decisions that are due to `act` while they can be made now; the next one decides when to be called. */
  const proceed = (nowNs: number, decisions: PreemptDecisions, act: (decision: Decision) => boolean): void => {
    while (next < schedule.length && schedule[next]!.atNs <= nowNs && act(schedule[next]!)) next += 1;
    if (next < schedule.length && schedule[next]!.atNs > nowNs) decisions.wakeAt(schedule[next]!.atNs);
  };
  return {
    lateDrop: false,
    ...(schedule.some(isBesideDecide) && {
      preempt(view, decisions) {
        proceed(view.nowNs, decisions, (decision) => stopOrDrop(decision, view, decisions));
      },
    }),
    decide(view, decisions) {
      const free = view.accelerators.map(({ freeUnits }) => freeUnits);
      proceed(view.nowNs, decisions, (decision) => decide(decision, view, free, decisions));
    },
  };
}

/** Drops happen while all accelerators are busy, too. */
const isBesideDecide = (decision: Decision): boolean => decision.do !== "run" && decision.do !== "choose";

interface Jobs {
  readonly readyJobs: JobList<ReadyJob>;
  readonly runningJobs: readonly RunningJob[];
}

function stopOrDrop(decision: Decision, view: Jobs, decisions: PreemptDecisions): boolean {
  const isIt = ({ task, jobIndex }: ReadyJob) => task.index === decision.task && jobIndex === decision.job;
  switch (decision.do) {
    case "run":
    case "choose":
      return false;
    case "drop": {
      const ready = [...view.readyJobs].find(isIt);
      if (ready !== undefined) decisions.drop(ready);
      return ready !== undefined;
    }
    default: {
      const running = view.runningJobs.find(isIt);
      if (running !== undefined) decisions.preempt(running, decision.do);
      return running !== undefined;
    }
  }
}

interface Choice extends Jobs {
  readonly accelerators: readonly AcceleratorView[];
}

function decide(decision: Decision, view: Choice, free: number[], decisions: Decisions): boolean {
  const job = [...view.readyJobs].find((each) => each.task.index === decision.task && each.jobIndex === decision.job);
  if (job === undefined) return false;
  if (decision.do === "drop") decisions.drop(job);
  else if (decision.do === "choose") decisions.chooseVariant(job, decision.variant);
  else if (decision.do === "run") return run(decision, job, view, free, decisions);
  else return false;
  return true;
}

function run(
  { on, layers, units }: Extract<Decision, { do: "run" }>,
  job: ReadyJob,
  { accelerators }: Choice,
  free: number[],
  decisions: Decisions,
): boolean {
  if (free[on]! < units) return false;
  free[on]! -= units;
  decisions.run(job, accelerators[on]!, { units, ...(layers !== undefined && { layers }) });
  return true;
}
