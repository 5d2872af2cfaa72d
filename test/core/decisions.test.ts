/** What a policy may not do, and what happens when it does nothing. */
import { describe, expect, test } from "vitest";
import type { AcceleratorView, Decisions, Policy, ReadyJob } from "../../src/core/scheduler.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { firstComeFirst, planned, scheduler } from "./planned.ts";
import { errorOf } from "./stopped-runs.ts";

/** One job runs from 0 to 20 on a0; at 5 a second one comes, and a1 is idle. */
const world: SmallWorld = {
  tasks: [
    { id: "runs", layersNs: [10, 10] },
    { id: "waits", layersNs: [[10, 10, Infinity]], atNs: [5] },
  ],
  accelerators: 3,
};

/** The message of what is decided wrongly at 5 ns. */
function messageOf(decide: Policy["decide"], of = world): string {
  const policy: Policy["decide"] = (view, decisions) =>
    view.nowNs === 0 ? decisions.run(view.readyJobs.first, view.accelerators[0]!) : decide(view, decisions);
  return errorOf(of, { decide: policy }).message;
}

describe("an illegal decision stops the run and names policy, time and job:", () => {
  const forged = { slot: 99 } as ReadyJob;
  const nowhere = { index: 7, id: "a7", units: 1, freeUnits: 1 } as AcceleratorView;
  const cases: readonly (readonly [string, (view: Parameters<Policy["decide"]>[0], d: Decisions) => void, string])[] = [
    [
      "a busy accelerator",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[0]!),
      'runs job 0 of task "waits" on accelerator "a0", which is busy',
    ],
    [
      "an accelerator given away twice in one call",
      (view, d) => {
        d.run(view.readyJobs.first, view.accelerators[1]!);
        d.run(view.readyJobs.first, view.accelerators[2]!);
      },
      'wants to run job 0 of task "waits", which is running',
    ],
    [
      "an accelerator that cannot run the job",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[2]!),
      'runs job 0 of task "waits" on accelerator "a2", which cannot run it',
    ],
    [
      "an accelerator of another system",
      (view, d) => d.run(view.readyJobs.first, nowhere),
      'runs job 0 of task "waits" on an unknown accelerator',
    ],
    [
      "no accelerator",
      (view, d) => d.run(view.readyJobs.first, undefined as unknown as AcceleratorView),
      'runs job 0 of task "waits" on an unknown accelerator',
    ],
    ["an unknown job", (view, d) => d.run(forged, view.accelerators[1]!), "wants to run an unknown job"],
    [
      "no job",
      (view, d) => d.run(undefined as unknown as ReadyJob, view.accelerators[1]!),
      "wants to run an unknown job",
    ],
    [
      "a running job",
      (view, d) => d.run(view.runningJobs[0]!, view.accelerators[1]!),
      'wants to run job 0 of task "runs", which is running',
    ],
    [
      "a drop of a running job",
      (view, d) => d.drop(view.runningJobs[0]!),
      'wants to drop job 0 of task "runs", which is running',
    ],
    [
      "no layers",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[1]!, { layers: 0 }),
      'runs 0 layers of job 0 of task "waits"; it must be a whole number from 1',
    ],
    [
      "half a layer",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[1]!, { layers: 1.5 }),
      'runs 1.5 layers of job 0 of task "waits"; it must be a whole number from 1',
    ],
    [
      "layers that are no number",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[1]!, { layers: Number.NaN }),
      'runs NaN layers of job 0 of task "waits"; it must be a whole number from 1',
    ],
    [
      "no units",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[1]!, { units: 0, layers: 1 }),
      'runs job 0 of task "waits" on 0 units of accelerator "a1", of which 1 of 1 are free',
    ],
    [
      "more units than there are",
      (view, d) => d.run(view.readyJobs.first, view.accelerators[1]!, { units: 2, layers: 1 }),
      'runs job 0 of task "waits" on 2 units of accelerator "a1", of which 1 of 1 are free',
    ],
    [
      "a preemption of a waiting job",
      (view, d) => d.preempt(view.readyJobs.first as never, "kill"),
      'preempts job 0 of task "waits", which does not run',
    ],
    ["a preemption of nothing", (_, d) => d.preempt(forged as never, "kill"), "preempts an unknown job"],
    [
      "two preemptions of one job",
      (view, d) => {
        d.preempt(view.runningJobs[0]!, "drain");
        d.preempt(view.runningJobs[0]!, "kill");
      },
      'preempts job 0 of task "runs", which is already stopping',
    ],
    [
      "a variant that there is not",
      (view, d) => d.chooseVariant(view.readyJobs.first, 1),
      'chooses variant 1 of job 0 of task "waits", which has 1',
    ],
    ["a wake-up in the past", (_, d) => d.wakeAt(4), "asks to be woken at 4 ns, which is not in the future"],
    ["a wake-up now", (view, d) => d.wakeAt(view.nowNs), "asks to be woken at 5 ns, which is not in the future"],
    ["a wake-up at no time", (_, d) => d.wakeAt(Number.NaN), "asks to be woken at NaN ns, which is not in the future"],
  ];
  test.each(cases)("%s", (_, decide, what) => {
    expect(messageOf(decide)).toBe(`policy "scripted" at 0.000005 ms: ${what}`);
  });

  test.each(["checkpoint", "kill"] as const)("a %s that the accelerator does not support", (kind) => {
    const message = messageOf((view, d) => d.preempt(view.runningJobs[0]!, kind), { ...world, preemption: ["drain"] });
    expect(message).toContain(`asks accelerator "a0" to ${kind}, which it does not support`);
  });
  test("a kind of preemption that there is not", () => {
    const message = messageOf((view, d) => d.preempt(view.runningJobs[0]!, "pause" as never));
    expect(message).toContain('asks accelerator "a0" to pause, which it does not support');
  });
  test("a variant of a job that has started", () => {
    const variants: SmallWorld = { tasks: [{ id: "a", layersNs: [10, 10], lighterNs: [[5]] }] };
    const policy: Policy["decide"] = (view, decisions) => {
      if (view.nowNs === 0) decisions.run(view.readyJobs.first, view.idleAccelerators[0], { layers: 1 });
      else decisions.chooseVariant(view.readyJobs.first, 1);
    };
    expect(errorOf(variants, { decide: policy }).message).toContain(
      'chooses a variant of job 0 of task "a", which has started',
    );
  });
  test("units that are taken", () => {
    const fission: SmallWorld = { tasks: [{ id: "a", layersNs: [80], atNs: [0, 0] }], units: [4] };
    const policy: Policy["decide"] = (view, decisions) =>
      decisions.run(view.readyJobs.first, view.idleAccelerators[0], { units: 3, layers: 1 });
    expect(errorOf(fission, { decide: policy }).message).toBe(
      'policy "scripted" at 0 ms: runs job 1 of task "a" on 3 units of accelerator "a0", of which 1 of 4 are free',
    );
  });
  test("a later layer of what it runs that the accelerator cannot run", () => {
    const partly: SmallWorld = {
      tasks: [
        {
          id: "a",
          layersNs: [
            [10, 10],
            [10, 10],
            [Infinity, 10],
          ],
        },
      ],
      accelerators: 2,
    };
    const blocks =
      (layers: number): Policy["decide"] =>
      (view, decisions) => {
        const job = view.readyJobs.first;
        decisions.run(job, view.accelerators[job.layerIndex < 2 ? 0 : 1]!, { layers });
      };
    expect(run(partly, scheduler({ decide: blocks(2) })).ends).toEqual([[30, "a#0", "done"]]);
    expect(errorOf(partly, { decide: blocks(3) }).message).toBe(
      'policy "scripted" at 0 ms: runs job 0 of task "a" on accelerator "a0", which cannot run it',
    );
    expect(errorOf(partly, { decide: firstComeFirst }).message).toContain("which cannot run it");
  });
  test("a rank that is no number", () => {
    expect(errorOf(world, { decide: firstComeFirst, rank: () => Number.NaN }).message).toBe(
      'policy "scripted" at 0 ms: ranks job 0 of task "runs" as NaN',
    );
    expect(errorOf(world, { decide: firstComeFirst, rank: (() => undefined) as never }).message).toContain(
      "as undefined",
    );
  });
});

test("decisions of one call are applied in order, so a call may kill a job and give its accelerator away", () => {
  const policy: Policy["decide"] = (view, decisions) => {
    if (view.nowNs === 0) return decisions.run(view.readyJobs.first, view.accelerators[0]!);
    if (view.nowNs !== 5) return firstComeFirst(view, decisions);
    const [running] = view.runningJobs;
    const waiting = view.readyJobs.first;
    decisions.preempt(running!, "kill");
    decisions.run(waiting, view.accelerators[0]!);
    decisions.run(running!, view.accelerators[1]!);
  };
  expect(run({ ...world, accelerators: 2 }, scheduler({ decide: policy })).starts).toEqual([
    [0, "runs", 0],
    [5, "waits", 0],
    [5, "runs", 1],
    [15, "runs", 1],
  ]);
});

test("a policy chooses the variant of a job that has not started", () => {
  const variants: SmallWorld = { tasks: [{ id: "a", layersNs: [10, 10], lighterNs: [[5], [2, 2, 2]] }] };
  const { jobs, segments } = run(
    variants,
    planned([
      { atNs: 0, choose: "a#0", variant: 2 },
      { atNs: 0, run: "a#0" },
    ]),
  );
  expect(jobs[0]).toMatchObject({ completionNs: 6, variantIndex: 2, energyPj: 6 });
  expect(segments.map((segment) => segment.layerIndex)).toEqual([0, 1, 2]);
});

test("a policy may be an object of a class, whose methods use what it remembers", () => {
  class Alternating implements Policy {
    readonly lateDrop = false;
    #turn = 0;
    #released = 0;
    jobReleased(): void {
      this.#released += 1;
    }
    rank(job: ReadyJob): number {
      return this.#released % 2 === 0 ? job.jobIndex : -job.jobIndex;
    }
    decide(view: Parameters<Policy["decide"]>[0], decisions: Decisions): void {
      this.#turn += 1;
      decisions.run(view.readyJobs.first, view.idleAccelerators[this.#turn % view.idleAccelerators.length]!);
    }
    preempt(): void {
      this.#turn += 0;
    }
    jobEnded(): void {
      this.#turn += 0;
    }
  }
  const of: SmallWorld = { tasks: [{ id: "a", layersNs: [10], atNs: [0, 0, 0] }], accelerators: 2 };
  const { create: _, ...about } = scheduler({});
  // Ranks as they are released: -0, 1, -2.
  expect(run(of, { ...about, create: () => new Alternating() }).jobs.map((job) => job.jobIndex)).toEqual([0, 2, 1]);
});
