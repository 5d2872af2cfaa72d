/**
 * What the DREAM schedulers share: MapScore decides layer by layer which waiting job runs where; the other mechanisms
 * are added to it. Source: DREAM (ASPLOS 2023) / SDRM3, its earlier version; design section 4.
 */
import type {
  ParameterValues,
  Platform,
  Policy,
  ReadyJob,
  Scheduler,
  SchedulerParameter,
} from "../../core/scheduler.ts";
import { lateDrop } from "../parameters.ts";
import { MapScore, urgencyParameters, weightParameters } from "./map-score.ts";
import type { Bound } from "./neighbour-search.ts";
import { OnlineTuning, type TuningMode, tuningParameters } from "./online-tuning.ts";
import { SmartDrop, smartDropParameters } from "./smart-drop.ts";
import { SupernetSwitching } from "./supernet-switching.ts";

export interface DreamVariant {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly mechanisms: readonly ("smart-drop" | "supernet-switching")[];
  /** By default. */
  readonly tuning: TuningMode;
}

interface Mechanisms {
  readonly drop: SmartDrop | undefined;
  readonly supernet: SupernetSwitching | undefined;
  readonly tuning: OnlineTuning | undefined;
}

export function dreamPolicy({ mechanisms, tuning, ...about }: DreamVariant): Scheduler {
  const isDropping = mechanisms.includes("smart-drop");
  const isSwitching = mechanisms.includes("supernet-switching");
  return {
    ...about,
    parameters: [
      ...weightParameters,
      ...urgencyParameters,
      ...(isDropping ? smartDropParameters : []),
      lateDrop,
      ...tuningParameters(tuning),
    ],
    create(platform, parameters) {
      const switching = isSwitching ? new SupernetSwitching(platform) : undefined;
      const supernet = switching?.isNeeded ? switching : undefined;
      const minToGo = (job: ReadyJob): number => supernet?.minToGoNs(job) ?? job.minRemainingNs;
      return policy(new MapScore(platform, parameters), parameters, {
        drop: isDropping ? new SmartDrop(platform, parameters, minToGo) : undefined,
        supernet,
        tuning: parameters.tuning === "online" ? onlineTuning(platform, parameters) : undefined,
      });
    },
  };
}

function policy(mapScore: MapScore, { lateDrop }: ParameterValues, { drop, supernet, tuning }: Mechanisms): Policy {
  return {
    lateDrop: lateDrop as boolean,
    jobReleased(job, nowNs) {
      supernet?.released(job);
      tuning?.jobReleased(job, nowNs);
    },
    jobEnded(job, nowNs, dropReason) {
      drop?.ended(job.task, dropReason !== undefined);
      tuning?.jobEnded(job, nowNs, dropReason !== undefined);
    },
    orphanDropped(task, _jobIndex, nowNs) {
      drop?.ended(task, true);
      tuning?.orphanDropped(task, nowNs);
    },
    decide(view, decisions) {
      if (tuning !== undefined) {
        tuning.advance(view.nowNs);
        mapScore.alpha = tuning.point[0]!;
        mapScore.beta = tuning.point[1]!;
      }
      const hopeless = drop?.victim(view);
      if (hopeless !== undefined) decisions.drop(hopeless);
      mapScore.choose(view, hopeless);
      const { job, accelerator } = mapScore;
      if (job === undefined) return;
      const variant = supernet?.change(job, view);
      if (variant !== undefined) decisions.chooseVariant(job, variant);
      else decisions.runLayers(job, accelerator!, 1);
    },
  };
}

function onlineTuning(platform: Platform, { alpha, beta, windowMs, steps, radius }: ParameterValues): OnlineTuning {
  return new OnlineTuning(platform, {
    bounds: weightParameters.map(boundOf),
    start: [alpha as number, beta as number],
    windowNs: (windowMs as number) * 1e6,
    steps: steps as number,
    radius: radius as number,
  });
}

const boundOf = (parameter: SchedulerParameter): Bound => parameter as Bound & SchedulerParameter;
