/** What is left of a job now, as a policy sees it: of one that runs, was stopped, or would get some units. */
import { expect, test } from "vitest";
import type { AcceleratorView, Policy, ReadyJob, RunningJob } from "../../src/core/scheduler.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, scheduler } from "./planned.ts";
import { world } from "./three-layers.ts";

test("a running job shows how far it is and when its layer ends", () => {
  const views: unknown[] = [];
  const policy: Partial<Policy> = {
    decide(view, decisions) {
      firstComeFirst(view, decisions);
      decisions.wakeAt(5);
    },
    preempt(view, decisions) {
      const [job] = view.runningJobs as readonly [RunningJob];
      const { progressNow, layerProgress, layerEndNs, dispatchedNs, runningUnits, isStopping } = job;
      views.push([view.nowNs, progressNow, layerProgress, layerEndNs, dispatchedNs, runningUnits, isStopping]);
      if (view.nowNs === 5) decisions.wakeAt(40);
    },
  };
  run({ ...world, accelerators: 1 }, scheduler(policy));
  expect(views).toEqual([
    [5, 0.5, 0, 10, 0, 1, false],
    [10, 0, 0, 30, 0, 1, false],
    [30, 0, 0, 60, 0, 1, false],
    [40, 1 / 3, 0, 60, 0, 1, false],
  ]);
});

test("what is left of a job now counts what it has done of its running layer", () => {
  const views: unknown[] = [];
  const look = (job: ReadyJob, [a0, a1]: readonly AcceleratorView[]) => [
    job.remainingNs(a0!),
    job.remainingNowNs(a0!),
    job.remainingNowNs(a1!),
    job.meanRemainingNs,
    job.meanRemainingNowNs,
  ];
  const policy: Partial<Policy> = {
    decide(view, decisions) {
      views.push([view.nowNs, ...look(view.readyJobs.first, view.accelerators)]);
      firstComeFirst(view, decisions);
      decisions.wakeAt(view.nowNs + 5);
    },
    preempt(view, decisions) {
      views.push([view.nowNs, ...look(view.runningJobs[0]!, view.accelerators)]);
      if (view.nowNs === 25) decisions.preempt(view.runningJobs[0]!, "checkpoint");
      else if (view.nowNs < 25) decisions.wakeAt(25);
    },
  };
  run(world, scheduler(policy));
  expect(views).toEqual([
    [0, 60, 60, 120, 90, 90],
    // Half of the first layer is done: 5 of 10 ns on a0, 20 of 40 on a1, 12.5 of the mean 25.
    [5, 60, 55, 100, 90, 77.5],
    [10, 50, 50, 80, 65, 65],
    // Three quarters of the second.
    [25, 50, 35, 72.5, 65, 53.75],
    // Stopped: what a checkpoint kept is in both; then 5 of the 15 ns run that were left.
    [25, 35, 35, 72.5, 53.75, 53.75],
    [30, 30, 30, 70, 50, 50],
  ]);
});

test("what is left now is never NaN: an accelerator that cannot run the rest stays at Infinity", () => {
  const partly: SmallWorld = { tasks: [{ id: "a", layersNs: [[10, Infinity], 5] }], accelerators: 2 };
  const views: unknown[] = [];
  const policy: Partial<Policy> = {
    decide(view, decisions) {
      firstComeFirst(view, decisions);
      decisions.wakeAt(5);
    },
    preempt(view) {
      const [job] = view.runningJobs as readonly [RunningJob];
      views.push(view.accelerators.map((accelerator) => job.remainingNowNs(accelerator)));
    },
  };
  run(partly, scheduler(policy));
  expect(views[0]).toEqual([10, Infinity]);
});

test("what is left now takes a number of units", () => {
  const fission: SmallWorld = { tasks: [{ id: "a", layersNs: [40, 40] }], units: [2] };
  const views: unknown[] = [];
  const policy: Partial<Policy> = {
    decide(view, decisions) {
      decisions.run(view.readyJobs.first, view.idleAccelerators[0], { units: 1 });
      decisions.wakeAt(20);
    },
    preempt(view) {
      const [job] = view.runningJobs as readonly [RunningJob];
      views.push([1, 2].map((units) => job.remainingNowNs(job.accelerator, units)));
    },
  };
  run(fission, scheduler(policy));
  // A layer takes 80 ns on one unit: a quarter is done.
  expect(views[0]).toEqual([140, 70]);
});

test("a job that was checkpointed is shown less what it kept", () => {
  const views: unknown[] = [];
  const policy: Partial<Policy> = {
    decide(view, decisions) {
      const job = view.readyJobs.first;
      const [a0] = view.idleAccelerators;
      const left = [job.remainingNs(a0), job.remainingPj(a0), job.blockNs(1, a0), job.blockNs(2, a0)];
      views.push([job.layerProgress, ...left, job.meanRemainingNs, job.minRemainingNs, job.spentPj]);
      decisions.run(job, a0);
      if (view.nowNs === 0) decisions.wakeAt(15);
    },
    preempt(view, decisions) {
      if (view.nowNs === 15) decisions.preempt(view.runningJobs[0]!, "checkpoint");
    },
  };
  run({ ...world, accelerators: 1 }, scheduler(policy));
  expect(views).toEqual([
    [0, 60, 60, 10, 30, 60, 60, 0],
    [0.25, 45, 45, 15, 45, 45, 45, 15],
  ]);
});
