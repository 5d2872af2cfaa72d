/** A policy that does whatever is legal. */
import type { Policy, Scheduler } from "../../src/core/scheduler.ts";

/** Runs, splits, preempts, kills and drops at random, from its own little generator: legal, and nothing else. */
export const chaos: Scheduler = {
  name: "chaos",
  summary: "decides at random",
  source: "test",
  parameters: [
    { kind: "number", name: "salt", summary: "", default: 1 },
    { kind: "boolean", name: "lateDrop", summary: "", default: true },
  ],
  create(_platform, { salt, lateDrop }): Policy {
    let state = (salt as number) | 1;
    const draw = (n: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    return {
      lateDrop: lateDrop as boolean,
      preempt(view, decisions) {
        for (const job of view.runningJobs) {
          const how = (["checkpoint", "kill", "drain"] as const)[draw(12)];
          // A kill now and then: always killing would never end.
          if (how !== undefined && !job.isStopping && (how !== "kill" || draw(4) === 0)) decisions.preempt(job, how);
        }
        if (draw(4) === 0) decisions.wakeAt(view.nowNs + 1 + draw(30));
      },
      decide(view, decisions) {
        const job = view.readyJobs.at(draw(view.readyJobs.length));
        if (draw(30) === 0) return decisions.drop(job);
        if (job.canChooseVariant && draw(6) === 0) decisions.chooseVariant(job, draw(job.task.variantNames.length));
        const able = view.idleAccelerators.filter((a) => Number.isFinite(job.remainingNs(a)));
        const accelerator = able[draw(able.length)]!;
        decisions.run(job, accelerator, { units: 1 + draw(accelerator.freeUnits), layers: 1 + draw(4) });
      },
    };
  },
};
