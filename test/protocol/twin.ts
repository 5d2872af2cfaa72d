/** What test/protocol/twin.py decides, decided in this process. */
import type {
  AcceleratorView,
  ParameterValues,
  Policy,
  ReadyJob,
  RunningJob,
  RunningView,
  Scheduler,
  View,
} from "../../src/core/scheduler.ts";

const known = (value: number): number => (Number.isFinite(value) ? value : 7);

function scoreOf(view: View, job: ReadyJob, accelerator: AcceleratorView, salt: number): number {
  let score = known(job.latencyNs(accelerator)) + 2 * known(job.remainingNs(accelerator));
  score += 3 * known(job.energyPj(accelerator)) + known(job.remainingPj(accelerator));
  score += known(job.blockNs(2, accelerator)) + known(job.blockPj(2, accelerator)) + job.tiles(accelerator);
  score += known(job.latencyNs(accelerator, 1)) + known(job.remainingNs(accelerator, 1));
  score += known(job.meanLatencyNs) + known(job.meanRemainingNs) + known(job.minRemainingNs);
  score += job.switchNs(accelerator) + known(job.switchPj(accelerator)) + known(job.spentPj);
  score += job.layerIndex + 5 * job.layersLeft + 11 * job.layerProgress + job.priority + job.scale;
  score += view.nowNs - job.lastRanNs + known(job.deadlineNs) - job.releaseNs + job.variantIndex;
  score += job.lastAccelerator === undefined ? 0 : 13 * (job.lastAccelerator.index + 1);
  score += (job.hasStarted ? 17 : 0) + (job.canChooseVariant ? 19 : 0);
  score += known(job.task.isolatedNs(accelerator)) + known(job.task.isolatedPj(accelerator));
  return score % (97 + salt);
}

function running(job: RunningJob): number {
  let value = job.runningUnits + job.accelerator.index + job.layerEndNs - job.dispatchedNs;
  value += (job.isStopping ? 23 : 0) + known(job.remainingNowNs(job.accelerator, job.runningUnits));
  value += job.progressNow + known(job.meanRemainingNowNs) + known(job.minRemainingNowNs);
  return value % 31;
}

export const twin: Scheduler = {
  name: "twin",
  summary: "decides by all that a policy sees",
  source: "this test",
  parameters: [
    {
      kind: "number",
      name: "salt",
      summary: "makes it decide otherwise",
      default: 3,
      min: 0,
      max: 100,
      isInteger: true,
    },
    {
      kind: "choice",
      name: "stop",
      summary: "how it stops",
      default: "drain",
      choices: ["drain", "kill", "checkpoint"],
    },
    { kind: "boolean", name: "lateDrop", summary: "whether late jobs are dropped", default: false },
    { kind: "text", name: "word", summary: "nothing", default: "" },
  ],
  create: (_, parameters) => policy(parameters),
};

function policy(parameters: ParameterValues): Policy {
  const salt = parameters.salt as number;
  const stop = parameters.stop as "drain" | "kill" | "checkpoint";
  let count = 0;
  let ended = 0;
  return {
    lateDrop: parameters.lateDrop as boolean,
    jobReleased(job, nowNs) {
      ended += job.jobIndex + (nowNs % 3);
    },
    jobEnded(_, __, dropReason) {
      ended += dropReason === undefined ? 1 : 2;
    },
    orphanDropped(task, jobIndex) {
      ended += task.index + jobIndex;
    },
    decide(view, decisions) {
      count += 1;
      let best: { score: number; job: ReadyJob; accelerator: AcceleratorView } | undefined;
      for (const job of view.readyJobs) {
        for (const accelerator of view.idleAccelerators) {
          if (job.remainingNs(accelerator) === Infinity) continue;
          const score =
            scoreOf(view, job, accelerator, salt) + view.runningJobs.reduce((sum, each) => sum + running(each), 0);
          if (best === undefined || score > best.score) best = { score, job, accelerator };
        }
      }
      if (best === undefined) return;
      const { job, accelerator, score } = best;
      if (job.canChooseVariant && count % 3 === 0 && job.task.variantNames.length > job.variantIndex + 1)
        return decisions.chooseVariant(job, job.variantIndex + 1);
      if (count % 41 === 0 && !job.hasStarted) return decisions.drop(job);
      const units = count % 2 === 0 ? accelerator.freeUnits : 1;
      if (job.remainingNs(accelerator, units) === Infinity)
        return decisions.run(job, accelerator, { layers: 1, units: accelerator.freeUnits });
      decisions.run(job, accelerator, { layers: 1 + ((count + ended) % 3), units });
      decisions.because({
        rule: "highest score",
        best: "most",
        candidates: [{ job, accelerator, score, terms: { count } }],
      });
    },
    preempt(view: RunningView, decisions) {
      count += 1;
      if (count % 5 === 0) decisions.wakeAt(view.nowNs + 17);
      if (count % 4 !== 0 || view.readyJobs.length === 0 || count > 200) return;
      for (const job of view.runningJobs) {
        const able = { drain: true, kill: job.accelerator.canKill, checkpoint: job.accelerator.canCheckpoint };
        if (!job.isStopping && able[stop] && running(job) < 20) return decisions.preempt(job, stop);
      }
    },
  };
}
