// Hot where policies are processes: once per decision and live job.
/** What the policy's process knows of the live jobs, so that only changes are sent. */
import type { ReadyJob, RunningJob, TaskView } from "../core/scheduler.ts";
import type { JobRecord } from "./wire.ts";

const WAITS = -1;
const NOWHERE = -1;

/** What was last sent of one job. */
interface Sent {
  on: number;
  units: number;
  layer: number;
  left: number;
  progress: number;
  lastRanNs: number;
  last: number;
  variant: number;
  canChooseVariant: boolean;
  started: boolean;
  dispatchedNs: number;
  layerEndNs: number;
  stopping: boolean;
}

export class JobMirror {
  /** By slot. */
  readonly #sent: Sent[] = [];
  /** Layers of each task's original variant. */
  readonly #layers: readonly number[];

  constructor(tasks: readonly TaskView[]) {
    this.#layers = tasks.map((task) => task.layerCosts().length);
  }

  /** A fresh job, of which the policy is told as it is released: it is ready, at its first layer, and has never run. */
  released(job: ReadyJob): void {
    this.#sent[job.slot] = {
      on: WAITS,
      units: 0,
      layer: 0,
      left: this.#layers[job.task.index]!,
      progress: 0,
      lastRanNs: job.releaseNs,
      last: NOWHERE,
      variant: 0,
      canChooseVariant: true,
      started: false,
      dispatchedNs: 0,
      layerEndNs: 0,
      stopping: false,
    };
  }

  /** As of the present call. */
  isRunning(slot: number): boolean {
    return this.#sent[slot]!.on !== WAITS;
  }

  /** What has changed of a job that waits; undefined: nothing. A job that waits is not stopping. */
  ready(job: ReadyJob): JobRecord | undefined {
    const sent = this.#sent[job.slot]!;
    const on = sent.on === WAITS ? undefined : { job: job.slot, on: WAITS };
    sent.on = WAITS;
    sent.stopping = false;
    return this.#common(job, sent, on);
  }

  /** What has changed of a job that runs. */
  running(job: RunningJob): JobRecord | undefined {
    const sent = this.#sent[job.slot]!;
    const { slot, accelerator, runningUnits, dispatchedNs, layerEndNs, isStopping } = job;
    let record: JobRecord | undefined;
    if (sent.on !== accelerator.index || sent.dispatchedNs !== dispatchedNs || sent.units !== runningUnits) {
      record = { job: slot, on: accelerator.index, units: runningUnits, dispatchedNs };
      sent.on = accelerator.index;
      sent.units = runningUnits;
      sent.dispatchedNs = dispatchedNs;
    }
    if (sent.layerEndNs !== layerEndNs) {
      record ??= { job: slot };
      sent.layerEndNs = record.layerEndNs = layerEndNs;
    }
    if (sent.stopping !== isStopping) {
      record ??= { job: slot };
      sent.stopping = record.stopping = isStopping;
    }
    return this.#common(job, sent, record);
  }

  #common(job: ReadyJob, sent: Sent, known: JobRecord | undefined): JobRecord | undefined {
    let record = known;
    const { slot, layerIndex, layersLeft, layerProgress, lastRanNs } = job;
    if (sent.layer !== layerIndex || sent.left !== layersLeft) {
      record ??= { job: slot };
      sent.layer = record.layer = layerIndex;
      sent.left = record.left = layersLeft;
    }
    if (sent.progress !== layerProgress) {
      record ??= { job: slot };
      sent.progress = record.progress = layerProgress;
    }
    if (sent.lastRanNs !== lastRanNs) {
      record ??= { job: slot };
      sent.lastRanNs = record.lastRanNs = lastRanNs;
    }
    return this.#rare(job, sent, record);
  }

  #rare(job: ReadyJob, sent: Sent, known: JobRecord | undefined): JobRecord | undefined {
    let record = known;
    const { slot, lastAccelerator, variantIndex, canChooseVariant, hasStarted } = job;
    const last = lastAccelerator?.index ?? NOWHERE;
    if (sent.last !== last) {
      record ??= { job: slot };
      sent.last = record.last = last;
    }
    if (sent.started !== hasStarted) {
      record ??= { job: slot };
      sent.started = record.started = hasStarted;
    }
    if (sent.variant !== variantIndex) {
      record ??= { job: slot };
      sent.variant = record.variant = variantIndex;
    }
    if (sent.canChooseVariant !== canChooseVariant) {
      record ??= { job: slot };
      sent.canChooseVariant = record.canChooseVariant = canChooseVariant;
    }
    return record;
  }
}
