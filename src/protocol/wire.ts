/**
 * The messages between rtmm and a policy that is a process of its own: a JSON object a line, rtmm's first, and an answer
 * to each. docs/protocol.md explains them, schema/protocol.schema.json checks them. JSON knows no Infinity and no
 * NaN: null stands for both.
 */
import type { ParameterValues, SchedulerParameter } from "../core/scheduler.ts";

/** Raised when a policy written for an earlier version would no longer work. */
export const PROTOCOL_VERSION = 1;

/** A number, or null for Infinity and NaN. */
export type WireNumber = number | null;

export interface HelloMessage {
  readonly message: "hello";
  readonly protocol: number;
  readonly rtmm: string;
}

export interface HelloAnswer {
  readonly protocol: number;
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly SchedulerParameter[];
  /** Files that the policy consists of, besides those that its command names. */
  readonly files: readonly string[];
}

export interface StartMessage {
  readonly message: "start";
  readonly parameters: ParameterValues;
  /** Absent: as in the last run of this process. */
  readonly platform?: PlatformRecord;
}

export interface StartAnswer {
  readonly lateDrop: boolean;
  /** Whether `preempt` is asked as well. */
  readonly preempt: boolean;
}

export interface PlatformRecord {
  readonly accelerators: readonly AcceleratorRecord[];
  readonly tasks: readonly TaskRecord[];
  readonly costs: readonly CostsRecord[];
}

export interface AcceleratorRecord {
  readonly id: string;
  readonly units: number;
  readonly canCheckpoint: boolean;
  readonly canKill: boolean;
}

export interface TaskRecord {
  readonly id: string;
  readonly model: string;
  readonly priority: number;
  readonly ratePerS: WireNumber;
  readonly deadlineNs: WireNumber;
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
  readonly variants: readonly VariantRecord[];
}

export interface VariantRecord {
  readonly name: string;
  /** Index in `costs`; variants with equal costs share them. */
  readonly costs: number;
  /** Of a whole job, by accelerator. */
  readonly isolatedNs: readonly WireNumber[];
  readonly isolatedPj: readonly WireNumber[];
}

/** By layer, then by column: the units of the first accelerator from 1 on, then those of the second, and so on. */
export interface CostsRecord {
  readonly latencyNs: readonly (readonly WireNumber[])[];
  readonly energyPj: readonly (readonly WireNumber[])[];
  readonly tiles: readonly (readonly number[])[];
  readonly remainingNs: readonly (readonly WireNumber[])[];
  readonly remainingPj: readonly (readonly WireNumber[])[];
  /** By layer. */
  readonly meanLatencyNs: readonly WireNumber[];
  readonly minLatencyNs: readonly WireNumber[];
  readonly meanRemainingNs: readonly WireNumber[];
  readonly minRemainingNs: readonly WireNumber[];
}

/** What has happened since the last message, in order. `job` is its slot. */
export type EventRecord =
  | {
      readonly event: "released";
      readonly job: number;
      readonly task: number;
      readonly index: number;
      readonly releaseNs: number;
      readonly deadlineNs: WireNumber;
      readonly priority: number;
      /** Absent: 1. */
      readonly scale?: number;
      readonly nowNs: number;
    }
  | { readonly event: "ended"; readonly job: number; readonly nowNs: number; readonly dropped?: string }
  | { readonly event: "orphan"; readonly task: number; readonly index: number; readonly nowNs: number };

/** Fields that have changed since the policy was last told; see `JobMirror`. */
export interface JobRecord {
  readonly job: number;
  /** Index of the accelerator that it runs on; -1: it waits, and is ready. */
  on?: number;
  units?: number;
  layer?: number;
  left?: number;
  progress?: number;
  lastRanNs?: number;
  last?: number;
  variant?: number;
  canChooseVariant?: boolean;
  started?: boolean;
  dispatchedNs?: number;
  layerEndNs?: number;
  stopping?: boolean;
}

export interface CallMessage {
  readonly message: "decide" | "preempt";
  readonly nowNs: number;
  readonly events?: readonly EventRecord[];
  readonly jobs?: readonly JobRecord[];
  /** The jobs that run, in their order. Absent: as before. */
  readonly running?: readonly number[];
  /** Free units by accelerator. Absent: as before. */
  readonly free?: readonly number[];
  /** Whether reasons are wanted. */
  readonly explains?: true;
}

export interface EndMessage {
  readonly message: "end";
  readonly events?: readonly EventRecord[];
}

export type Message = HelloMessage | StartMessage | CallMessage | EndMessage;

/** A question about a job, in place of an answer. */
export interface Question {
  readonly job: number;
  readonly what: (typeof askable)[number];
  readonly accelerator?: number;
  readonly units?: number;
}

/** What only the simulation knows. The rest follows from costs and jobs. */
export const askable = [
  ...["switchNs", "switchPj", "remainingNowNs", "meanRemainingNowNs", "minRemainingNowNs", "progressNow", "spentPj"],
] as const;
