/**
 * Policies that only order the ready jobs. The first job in order that an idle accelerator can run goes to the one that
 * finishes it (or its next layer) soonest. The core keeps the order, so a long queue costs no scan.
 * Adaptation: with `placement=edp`, a job goes to the fastest accelerator if one of its energies is not known.
 */
import type {
  AcceleratorView,
  Candidate,
  Policy,
  ReadyJob,
  Reason,
  RunningJob,
  Scheduler,
  View,
} from "../core/scheduler.ts";
import { type ChoiceParameter, defineScheduler, type ValuesOf } from "./define-scheduler.ts";
import { leastEdp, noneCanRun, type Place, placeFastest } from "./selection.ts";
import { granularity, lateDrop, layersOf } from "./shared-parameters.ts";

/** The description from which `ranked` makes a scheduler. */
export interface RankedDefinition extends Order {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly granularity: "layer" | "model";
}

/** An order of ready jobs, and why it is so. */
export interface Order {
  /** The least goes first; ties by release, task, job. Left out: release order. May not depend on the time. */
  readonly rank?: (job: ReadyJob) => number;
  /** How to explain decisions; left out: by the rank. */
  readonly reason?: OrderReason;
}

/** The key of an order, in words and numbers. */
export interface OrderReason {
  /** In words that follow "because of", such as "earliest deadline". */
  readonly rule: string;
  /** Name of the value, with its unit, such as "deadlineNs". */
  readonly term: string;
  /** The value of a waiting or running job now; left out: its rank. */
  readonly of?: (job: ReadyJob, nowNs: number) => number;
  /** Which value goes first; left out: the least. */
  readonly best?: "least" | "most";
}

/** Makes a scheduler from an order. Adaptation: sources assume one processor; `placement` chooses among several. */
export function ranked({ rank, reason, granularity: byDefault, ...about }: RankedDefinition): Scheduler {
  const order = { ...(rank !== undefined && { rank }), ...(reason !== undefined && { reason }) };
  return defineScheduler({
    ...about,
    parameters: rankedParameters(byDefault),
    create: (_platform, parameters) => rankedPolicy(order, parameters),
  });
}

/** Which idle accelerator a job gets. */
export type Placement = "fastest" | "edp" | "first";

const placement: ChoiceParameter<Placement> = {
  kind: "choice",
  summary: "which idle accelerator a job gets: the fastest, the one of least energy-delay product, or the first",
  default: "fastest",
  choices: ["fastest", "edp", "first"],
};

/** The parameters of a ranked policy. */
export const rankedParameters = (byDefault: "layer" | "model") => ({
  granularity: granularity(byDefault),
  placement,
  lateDrop,
});

/** Values of the parameters that policies of an order have. */
export type RankedValues = ValuesOf<ReturnType<typeof rankedParameters>>;

/** The policy alone, for schedulers that add to it. */
export function rankedPolicy(order: Order, { granularity, placement, lateDrop }: RankedValues): Policy {
  const layers = layersOf(granularity);
  const place = placeBy(placement, layers);
  const decide = runFirstPlaced(layers, place, {
    chosen: (index, view) => choiceReason(order, index, view, place),
    waits: noneCanRun,
  });
  return {
    lateDrop,
    ...(order.rank !== undefined && { rank: order.rank }),
    inOrder: { layers, decide, ...(placement !== "fastest" && { place }) },
    decide,
  };
}

/** What `runFirstPlaced` says of its decisions. */
export interface OrderReasons {
  /** `index` is the job's place in order. */
  chosen(index: number, view: View): Reason;
  readonly waits: Reason;
}

/** Runs so many layers of the first job in order that has a place. It is what `inOrder` says of a `decide`. */
export function runFirstPlaced(layers: number, place: Place, reasons: OrderReasons): Policy["decide"] {
  const block = { layers };
  return (view, decisions) => {
    for (let i = 0; i < view.readyJobs.length; i++) {
      const job = view.readyJobs.at(i);
      const accelerator = place(view, job);
      if (accelerator === undefined) continue;
      decisions.run(job, accelerator, block);
      if (decisions.explains) decisions.because(reasons.chosen(i, view));
      return;
    }
    decisions.because(reasons.waits);
  };
}

/** Where to run a job, by the cost of what this decision would run: a layer, a block, or all that is left. */
function placeBy(how: Placement, layers: number): Place {
  if (how === "fastest") return placeFastest(layers);
  const latency = (job: ReadyJob, accelerator: AcceleratorView) => job.blockNs(layers, accelerator);
  if (how === "first") return (view, job) => view.idleAccelerators.find((idle) => latency(job, idle) < Infinity);
  const energy = (job: ReadyJob, accelerator: AcceleratorView) => job.blockPj(layers, accelerator);
  return (view, job) => leastEdp(view.idleAccelerators, job, latency, energy);
}

/** `chosen` is the job's place in order; those behind it are its rivals. */
function choiceReason(order: Order, chosen: number, view: View, place: Place): Reason {
  const jobs = [...view.readyJobs].slice(chosen);
  const { rule, best, candidateOf } = explanationOf(order, view.nowNs);
  const candidates = jobs.flatMap((job) => {
    const accelerator = place(view, job);
    return accelerator === undefined ? [] : [{ ...candidateOf(job), accelerator }];
  });
  return { rule, best, candidates };
}

/** Explains why a waiting job goes before a running one. */
export function outrankReason(order: Order, waiting: ReadyJob, running: RunningJob, nowNs: number): Reason {
  const { rule, best, candidateOf } = explanationOf(order, nowNs);
  return { rule, best, candidates: [waiting, running].map(candidateOf) };
}

function explanationOf({ rank = releaseNs, reason }: Order, nowNs: number) {
  const { rule, term, of = rank, best = "least" } = reason ?? { rule: "least rank", term: "rank" };
  const candidateOf = (job: ReadyJob): Candidate => {
    const score = of(job, nowNs);
    return { job, score, terms: { [term]: score } };
  };
  return { rule, best, candidateOf };
}

const releaseNs = (job: ReadyJob): number => job.releaseNs;
