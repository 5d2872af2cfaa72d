/**
 * The base of the DREAM schedulers: layer by layer, MapScore decides which waiting job runs where. Each scheduler adds
 * other mechanisms to it. Source: DREAM (ASPLOS 2023), and SDRM3, its earlier version.
 */
import type { KnownDecide, Platform, Policy } from "../../core/scheduler.ts";
import type { BooleanParameter, ValuesOf } from "../define-scheduler.ts";
import { LONG_QUEUE, LongQueue } from "../long-queue.ts";
import { noneCanRun, oneLayer } from "../selection.ts";
import { MapScore } from "./map-score.ts";
import { type MapScoreValues, weightParameters } from "./map-score-terms.ts";
import { OnlineTuning, type TuningValues } from "./online-tuning.ts";
import type { SmartDrop } from "./smart-drop.ts";
import type { SupernetSwitching } from "./supernet-switching.ts";
import { WaitingJobs } from "./waiting-jobs.ts";

type DreamValues = MapScoreValues & TuningValues & ValuesOf<{ lateDrop: BooleanParameter }>;

/** The mechanisms that are added to MapScore. */
export interface Mechanisms {
  readonly smartDrop?: SmartDrop;
  /** Left out if no task has variants. */
  readonly supernet?: SupernetSwitching | undefined;
  /** Number of waiting jobs above which they are indexed, at least 2. It changes the speed only. */
  readonly longQueue?: number;
}

export function dreamPolicy(platform: Platform, parameters: DreamValues, mechanisms: Mechanisms): Policy {
  const { smartDrop, supernet, longQueue = LONG_QUEUE } = mechanisms;
  const mapScore = new MapScore(platform, parameters);
  const waiting = new WaitingJobs(platform, smartDrop?.minToGo ?? ((job) => job.minRemainingNs));
  const queue = new LongQueue(waiting, longQueue);
  const tuning = parameters.tuning === "online" ? onlineTuning(platform, parameters) : undefined;
  const decide: Policy["decide"] = (view, decisions) => {
    if (tuning !== undefined) tune(mapScore, waiting, tuning, view.nowNs);
    const groups = queue.isIndexed(view) ? waiting.groups : undefined;
    const hopeless = smartDrop?.victim(view, groups);
    if (hopeless !== undefined) {
      decisions.drop(hopeless);
      if (decisions.explains) decisions.because(smartDrop!.reason(view, hopeless));
    }
    mapScore.choose(view, groups, hopeless);
    const { job, accelerator } = mapScore;
    if (job === undefined) return hopeless === undefined ? decisions.because(noneCanRun) : undefined;
    const variant = supernet?.change(job, view);
    if (variant !== undefined) {
      queue.changes(job);
      decisions.chooseVariant(job, variant);
      if (decisions.explains) decisions.because(supernet!.reason(job, variant, view));
    } else {
      queue.runs(job);
      decisions.run(job, accelerator!, oneLayer);
      if (decisions.explains) decisions.because(mapScore.reason(view, hopeless));
    }
  };
  const place: KnownDecide["place"] = (view, job) => mapScore.place(view, job);
  // A job that has run keeps its variant.
  const hasOnlyScores = tuning === undefined && (smartDrop === undefined || smartDrop.needsSeveral);
  return {
    lateDrop: parameters.lateDrop,
    ...(hasOnlyScores && { onlyChoice: { layers: 1, decide, place } }),
    jobReleased(job, nowNs) {
      queue.released(job);
      supernet?.released(job);
      tuning?.jobReleased(job, nowNs);
    },
    jobEnded(job, nowNs, dropReason) {
      queue.ended(job);
      smartDrop?.ended(job.task, dropReason !== undefined);
      tuning?.jobEnded(job, nowNs, dropReason !== undefined);
    },
    orphanDropped(task, _jobIndex, nowNs) {
      smartDrop?.ended(task, true);
      tuning?.orphanDropped(task, nowNs);
    },
    decide,
  };
}

/** Gives MapScore the weights of the search so far. */
function tune(mapScore: MapScore, waiting: WaitingJobs, tuning: OnlineTuning, nowNs: number): void {
  tuning.advance(nowNs);
  const alpha = tuning.point[0]!;
  const beta = tuning.point[1]!;
  if (alpha === mapScore.alpha && beta === mapScore.beta) return;
  mapScore.alpha = alpha;
  mapScore.beta = beta;
  waiting.scoresChanged();
}

function onlineTuning(platform: Platform, { alpha, beta, windowMs, steps, radius }: DreamValues): OnlineTuning {
  return new OnlineTuning(platform, {
    bounds: [weightParameters.alpha, weightParameters.beta],
    start: [alpha, beta],
    windowNs: windowMs * 1e6,
    steps,
    radius,
  });
}
