/**
 * Schedulers that are an order of the ready jobs and whose waiting jobs may stop running ones. The parameter `mechanism`
 * says how; with `none`, such a scheduler is the one that `ranked` makes.
 * Adaptation: running jobs are reconsidered at events (a release, an end of a layer or a job), not at every moment.
 */
import type { Policy, Scheduler } from "../core/scheduler.ts";
import { defineScheduler } from "./define-scheduler.ts";
import { type Mechanism, mechanism } from "./preemption-mechanism.ts";
import { firstInOrder, type PreemptionRules, Preemptor } from "./preemptor.ts";
import { type Order, outrankReason, rankedParameters, rankedPolicy } from "./ranked.ts";
import { layersOf } from "./shared-parameters.ts";

/** What `preemptiveOrder` makes a scheduler of. */
export interface PreemptiveDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly granularity: "layer" | "model";
  /** Of the parameter `mechanism`. */
  readonly mechanism: Mechanism;
  /** The order and who gives way, for the mechanism in use. */
  readonly rules: (mechanism: Mechanism) => OrderRules;
}

/** An order of waiting jobs, and who of the running ones gives way. */
export interface OrderRules extends Pick<PreemptionRules, "outranks" | "givesWayBefore"> {
  readonly order: Order;
}

/** Makes a scheduler of an order and of who gives way to whom in it. */
export function preemptiveOrder({
  granularity,
  mechanism: byDefault,
  rules,
  ...about
}: PreemptiveDefinition): Scheduler {
  return defineScheduler({
    ...about,
    parameters: { ...rankedParameters(granularity), mechanism: mechanism(byDefault) },
    create(_platform, { mechanism, ...parameters }) {
      const { order, ...ranks } = rules(mechanism);
      const policy = rankedPolicy(order, parameters);
      if (mechanism === "none") return policy;
      const next = firstInOrder(layersOf(parameters.granularity));
      const preemptor = new Preemptor(
        { ...ranks, next, reason: (...given) => outrankReason(order, ...given) },
        mechanism,
      );
      const preempt: Policy["preempt"] = (view, decisions) => void preemptor.preempt(view, decisions);
      return { ...policy, preempt, onlyForWaiting: { preempt } };
    },
  });
}
