/** Makes one run: simulates, checks and measures. */
import { SchedulerError } from "../core/errors.ts";
import type { Observer } from "../core/events.ts";
import { listenToEnds, together } from "../core/events.ts";
import type { RunTotals } from "../core/records.ts";
import type { Policy, Scheduler } from "../core/scheduler.ts";
import { simulate } from "../core/simulate.ts";
import { closest } from "../input/closest.ts";
import { printable } from "../input/printable.ts";
import { RequestError } from "../input/request-error.ts";
import type { Outcome } from "../metrics/outcome.ts";
import { createTally } from "../metrics/tally.ts";
import type { RunResult } from "../records/run-result.ts";
import { type Audit, createAudit } from "./audit/audit.ts";
import { coarseProgress, type SimulatedShare } from "./coarse-progress.ts";
import { createConservation } from "./conservation.ts";
import { type PolicyPulse, pulsing, watchProcess } from "./policy-pulse.ts";
import { resultOf } from "./run-result.ts";
import type { RunSetup } from "./run-setup.ts";
import { positionOfError } from "./script-error.ts";

/** Additions to the measurement of a run. */
export interface RunOptions {
  /** Observes the run in addition to the measurement. */
  readonly observer?: Observer;
  /** `on` keeps the whole run log in memory. */
  readonly audit?: "on" | "off";
  /**
   * Told of each call of the policy.
   *
   * @internal
   */
  readonly pulse?: PolicyPulse | undefined;
  /** Called about a thousand times with the share of the run that is simulated, 0 to 1. */
  readonly progress?: SimulatedShare;
}

/** Makes a run, as `runOnce` does. */
export type MakeRun = (setup: RunSetup, options?: RunOptions) => Run;

export interface Run {
  readonly result: RunResult;
  readonly totals: RunTotals;
  readonly outcome: Outcome;
  /** Findings of the audit; empty if there were none, or if it was off. */
  readonly findings: readonly string[];
}

/**
 * Simulates and measures. Throws SchedulerError if a policy misbehaves, RequestError if parameters contradict each
 * other, and an Error if a conservation check fails.
 */
export function runOnce(setup: RunSetup, options: RunOptions = {}): Run {
  const tally = createTally(setup.context);
  const conservation = createConservation(setup.program, setup.seed);
  const policies = policyWatch(setup, options.pulse);
  const audit = options.audit === "on" ? lateAudit(setup, policies) : undefined;
  const observers: Observer[] = [
    { ...listenToEnds(tally.jobEnded), inputsRead: tally.inputsRead },
    listenToEnds(conservation.jobEnded),
  ];
  if (options.observer !== undefined) observers.push(options.observer);
  if (audit !== undefined) observers.push(audit.observer);
  if (options.progress !== undefined)
    observers.push(coarseProgress(setup.program.scenario.durationNs, options.progress));
  const simulation = { seed: setup.seed, meter: "on", observer: together(observers) } as const;
  const totals = withPosition(setup, () =>
    watchedBy(options.pulse, () => simulate(setup.program, policies.scheduler, setup.parameters, simulation)),
  );
  const outcome = tally.finish(totals);
  conservation.check(totals);
  return { result: resultOf(setup, outcome), totals, outcome, findings: audit?.finish(totals) ?? [] };
}

/** A process that was ended for its policy says no more than that it has ended. */
function watchedBy(pulse: PolicyPulse | undefined, work: () => RunTotals): RunTotals {
  try {
    return work();
  } catch (error) {
    if (pulse?.isOverdue) throw new SchedulerError(pulse.overdueText());
    throw error;
  } finally {
    pulse?.reset();
  }
}

interface PolicyWatch {
  /** The same scheduler, with its policy checked and recorded. */
  readonly scheduler: Scheduler;
  policy: Policy | undefined;
}

function policyWatch({ scheduler }: RunSetup, pulse: PolicyPulse | undefined): PolicyWatch {
  const watch: PolicyWatch = {
    policy: undefined,
    scheduler: {
      name: scheduler.name,
      summary: scheduler.summary,
      source: scheduler.source,
      parameters: scheduler.parameters,
      create(platform, parameters) {
        pulse?.begin(
          scheduler.name,
          platform.tasks.map(({ id }) => id),
        );
        if (pulse !== undefined) watchProcess(scheduler, pulse);
        pulse?.enter("create", 0);
        watch.policy = checkedPolicy(scheduler, createPolicy(scheduler, platform, parameters));
        pulse?.leave();
        return pulse === undefined ? watch.policy : pulsing(watch.policy, pulse);
      },
    },
  };
  return watch;
}

function createPolicy(scheduler: Scheduler, ...given: Parameters<Scheduler["create"]>): Policy {
  try {
    return scheduler.create(...given);
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(`scheduler "${scheduler.name}": ${error.message}`);
    throw error;
  }
}

/** A user's file may be plain JavaScript. */
function checkedPolicy({ name }: Scheduler, policy: Policy): Policy {
  const given = policy as Partial<Policy> | undefined | null;
  if (typeof given?.decide !== "function" || typeof given.lateDrop !== "boolean") {
    const shape = "{ lateDrop: true or false, decide(view, decisions) }";
    throw new SchedulerError(`policy "${name}": create() must return ${shape}`);
  }
  const late = policyCalls.find((call) => isAsync(policy[call]));
  if (late !== undefined)
    throw new SchedulerError(`policy "${name}": ${late} is async, but a run does not wait for it; remove "async"`);
  refuseMisspelt(name, policy);
  return policy;
}

/** A method whose name is nearly that of a call would never be called. Helpers of other names are the policy's business. */
function refuseMisspelt(name: string, policy: Policy): void {
  const missing = policyCalls.filter((call) => policy[call] === undefined);
  for (const [key, member] of Object.entries(policy)) {
    const meant = typeof member === "function" && !isCall(key) ? closest(key, missing) : undefined;
    if (meant !== undefined)
      throw new SchedulerError(`policy "${name}": nothing calls ${key}(); did you mean ${meant}()?`);
  }
}

const isCall = (key: string): boolean => policyCalls.some((call) => call === key);

const policyCalls = ["decide", "preempt", "rank", "jobReleased", "jobEnded", "orphanDropped", "runEnded"] as const;

const isAsync = (value: unknown): boolean => Object.prototype.toString.call(value) === "[object AsyncFunction]";

/** The policy decides whether late jobs are dropped. It is created when the run begins. */
const lateAudit = ({ program, seed }: RunSetup, policies: PolicyWatch): Audit =>
  createAudit(program, {
    seed,
    get lateDrop() {
      return policies.policy?.lateDrop ?? false;
    },
  });

/** Adds the position in the policy's file to an error that the policy threw. */
function withPosition({ schedulerPath }: RunSetup, work: () => RunTotals): RunTotals {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SchedulerError) || error.cause === undefined) throw error;
    if (error.cause instanceof RequestError) throw error.cause;
    if (schedulerPath === undefined) throw error;
    const at = positionOfError(error.cause, schedulerPath);
    const where = at === undefined ? schedulerPath : `${schedulerPath}:${at.line}:${at.column}`;
    throw new SchedulerError(`${printable(error.message)} (${where})`, { cause: error.cause });
  }
}
