/** What a policy has to keep on every case, and how it is told what it has not kept. */
import { inspect } from "node:util";
import { SchedulerError } from "../../core/errors.ts";
import type { Policy, Scheduler } from "../../core/scheduler.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import { type Run, runOnce } from "../../run/run-once.ts";
import type { RunSetup } from "../../run/run-setup.ts";

/** A rule that a policy has broken. */
export interface Fault {
  readonly rule: string;
  /** What happened, in one or more lines. */
  readonly what: string;
}

export const rules = {
  ends: "decides legally until every job has ended",
  audit: "keeps the rules of the simulation",
  repeats: "decides the same in every run",
  mixed: "keeps nothing outside a run: two runs that are mixed do not meet",
  explains: "decides the same, whether anybody listens to its reasons or not",
} as const;

/** The first rule that is broken; undefined: none is. Throws what is no fault of the policy. */
export function faultOf(setup: RunSetup, interruptibly: Interruptibly): Fault | undefined {
  const ran = (changed: RunSetup, listening: "reasons" | "none"): Run =>
    interruptibly(
      (pulse) =>
        runOnce(changed, {
          pulse,
          audit: "on",
          ...(listening === "reasons" && { observer: { decisionExplained: () => undefined } }),
        }),
      setup,
    );
  try {
    const first = ran(setup, "none");
    if (first.findings.length > 0) return { rule: rules.audit, what: first.findings.join("\n") };
    const { resultHash } = first.result;
    const same = (rule: string, again: Run): Fault | undefined =>
      again.result.resultHash === resultHash ? undefined : { rule, what: differenceOf(first, again) };
    return (
      same(rules.repeats, ran(setup, "none")) ??
      same(rules.explains, ran(setup, "reasons")) ??
      same(rules.mixed, ran({ ...setup, scheduler: mixed(setup.scheduler, () => ran(setup, "none")) }, "none"))
    );
  } catch (error) {
    if (error instanceof SchedulerError) return { rule: rules.ends, what: error.message };
    // Parameters that contradict each other are refused, as they should be.
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

function differenceOf(first: Run, again: Run): string {
  const [before, after] = [first.result.metrics, again.result.metrics];
  const moved = Object.keys(before).filter((name) => before[name] !== after[name]);
  if (moved.length === 0) return "its jobs differ, although the metrics of the scenario do not";
  const texts = moved.slice(0, 5).map((name) => `${name}: ${inspect(before[name])}, then ${inspect(after[name])}`);
  return texts.join("\n");
}

/** The scheduler, with another run of it in the middle of its own. */
function mixed(scheduler: Scheduler, other: () => void): Scheduler {
  const watch = (policy: Policy): Policy => {
    let calls = 0;
    return new Proxy(policy, {
      get(target, key) {
        const member = Reflect.get(target, key);
        if (typeof member !== "function") return member;
        if (key !== "decide") return member.bind(target);
        return (...given: Parameters<Policy["decide"]>) => {
          calls += 1;
          if (calls === 2) other();
          target.decide(...given);
        };
      },
    });
  };
  return new Proxy(scheduler, {
    get(target, key) {
      if (key === "create") return (...given: Parameters<Scheduler["create"]>) => watch(target.create(...given));
      const member = Reflect.get(target, key);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
