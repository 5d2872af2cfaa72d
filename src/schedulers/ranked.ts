/**
 * Policies that are an order of the ready jobs: the first in order that an idle accelerator can run gets the one that
 * finishes it (or its next layer) soonest. The core keeps the order, so a long queue costs no scan.
 */
import type { AcceleratorView, Policy, ReadyJob, Scheduler, View } from "../core/scheduler.ts";
import { type ChoiceParameter, defineScheduler, type ValuesOf } from "./define-scheduler.ts";
import { cheapest, placeFastest } from "./selection.ts";
import { granularity, lateDrop, layersOf } from "./shared-parameters.ts";

export interface RankedDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly granularity: "layer" | "model";
  /** The least goes first; ties by release, task, job. Left out: release order. */
  readonly rank?: Rank;
}

type Rank = (job: ReadyJob) => number;

/** Makes a scheduler of an order. Adaptation: where the source knows one processor, `placement` chooses among many. */
export function ranked({ rank, granularity: byDefault, ...about }: RankedDefinition): Scheduler {
  return defineScheduler({
    ...about,
    parameters: rankedParameters(byDefault),
    create: (_platform, parameters) => rankedPolicy(rank, parameters),
  });
}

type Placement = "fastest" | "edp" | "first";

const placement: ChoiceParameter<Placement> = {
  kind: "choice",
  summary: "which idle accelerator a job gets: the fastest, the one of least energy-delay product, or the first",
  default: "fastest",
  choices: ["fastest", "edp", "first"],
};

/** What a policy of an order takes. */
export const rankedParameters = (byDefault: "layer" | "model") => ({
  granularity: granularity(byDefault),
  placement,
  lateDrop,
});

export type RankedValues = ValuesOf<ReturnType<typeof rankedParameters>>;

/** For schedulers that add to an order. */
export function rankedPolicy(rank: Rank | undefined, { granularity, placement, lateDrop }: RankedValues): Policy {
  const layers = layersOf(granularity);
  const block = { layers };
  const place = placeBy(placement, layers);
  return {
    lateDrop,
    ...(rank === undefined ? {} : { rank }),
    decide(view, decisions) {
      for (let i = 0; i < view.readyJobs.length; i++) {
        const job = view.readyJobs.at(i);
        const accelerator = place(view, job);
        if (accelerator !== undefined) return decisions.run(job, accelerator, block);
      }
    },
  };
}

/** Where to run a job, by what this decision would run of it: a layer, a block, or all that is left. */
function placeBy(how: Placement, layers: number): (view: View, job: ReadyJob) => AcceleratorView | undefined {
  if (how === "fastest") return placeFastest(layers);
  const latency = (job: ReadyJob, accelerator: AcceleratorView) => job.blockNs(layers, accelerator);
  if (how === "first") return (view, job) => view.idleAccelerators.find((idle) => latency(job, idle) < Infinity);
  const edp = (job: ReadyJob, accelerator: AcceleratorView) =>
    latency(job, accelerator) * job.blockPj(layers, accelerator);
  return (view, job) => cheapest(view.idleAccelerators, job, edp);
}
