/** The pulse of a policy: what it does is told as it does it, and nothing that it decides changes. */
import { expect, test } from "vitest";
import { PolicyWatch } from "../../src/executors/policy-watch.ts";
import { PolicyPulse, pulsing } from "../../src/run/policy-pulse.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { run, type SmallWorld } from "../worlds.ts";

const world: SmallWorld = {
  tasks: [
    { id: "a", layersNs: [3, 2], atNs: [0, 4, 6], deadlineNs: 9 },
    { id: "b", layersNs: [5], atNs: [1, 7] },
  ],
};

test("a policy decides the same with a pulse", () => {
  const pulse = new PolicyPulse();
  const watched = { ...edf, create: (...given: Parameters<typeof edf.create>) => pulsing(edf.create(...given), pulse) };
  expect(run(world, watched).jobs).toEqual(run(world, edf).jobs);
  expect(pulse.beats).toBeGreaterThan(0);
  expect(pulse.isInCall).toBe(false);
});

test("a preempt that is only for waiting jobs is so with a pulse, too", () => {
  const decide = () => undefined;
  const preempt = () => undefined;
  const watched = pulsing({ lateDrop: true, decide, preempt, onlyForWaiting: { preempt } }, new PolicyPulse());
  expect(watched.onlyForWaiting?.preempt).toBe(watched.preempt);
  const other = pulsing({ lateDrop: true, decide, preempt, onlyForWaiting: { preempt: decide } }, new PolicyPulse());
  expect(other.onlyForWaiting).toBeUndefined();
});

test("a policy without ranks and preemptions has none with a pulse", () => {
  const policy = pulsing({ lateDrop: true, decide: () => undefined }, new PolicyPulse());
  expect(Object.keys(policy)).toEqual(["lateDrop", "decide"]);
});

test("methods of a class find their own object", () => {
  class Own {
    readonly lateDrop = false;
    readonly seen: number[] = [];
    decide(view: { readonly nowNs: number }): void {
      this.seen.push(view.nowNs);
    }
  }
  const own = new Own();
  pulsing(own, new PolicyPulse()).decide({ nowNs: 7 } as never, {} as never);
  expect(own.seen).toEqual([7]);
});

test("what a policy says of its decide finds its own object, too", () => {
  class Known {
    readonly layers = 1;
    readonly seen: number[] = [];
    readonly decide = () => undefined;
    place({ nowNs }: { readonly nowNs: number }): undefined {
      this.seen.push(nowNs);
    }
  }
  const inOrder = new Known();
  const { inOrder: watched } = pulsing({ lateDrop: false, inOrder, decide: inOrder.decide }, new PolicyPulse());
  watched!.place!({ nowNs: 7 } as never, {} as never);
  expect(inOrder.seen).toEqual([7]);
});

test("another thread reads time, call and job", () => {
  const pulse = new PolicyPulse();
  pulse.limitMs = 2500;
  pulse.begin("mine", ["camera", "audio"]);
  pulse.enter("jobReleased", 4_000_000, 1, 3);
  const elsewhere = new PolicyPulse(pulse.memory);
  expect(elsewhere.overdueText()).toBe(
    'policy "mine" at 4 ms: jobReleased for job 3 of task "audio" did not end within 2.5 s; --policy-timeout sets the limit',
  );
  pulse.leave();
  pulse.enter("decide", 5_000_000);
  expect(elsewhere.overdueText()).toContain('policy "mine" at 5 ms: decide did not end');
});

test("names that do not fit are left out", () => {
  const pulse = new PolicyPulse();
  pulse.begin("mine", ["x".repeat(100_000)]);
  pulse.enter("rank", 0, 0, 3);
  expect(pulse.overdueText()).toContain('policy "?" at 0 ms: rank for job 3 of task 0 did not end');
});

test("a call is overdue once its limit has passed, whatever other calls took before", async () => {
  const pulse = new PolicyPulse();
  pulse.limitMs = 40;
  const watch = new PolicyWatch(pulse);
  const look = async (): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, watch.intervalMs));
    return watch.isOverdue();
  };
  for (let call = 0; call < 8; call += 1) {
    pulse.enter("decide", call);
    expect(await look()).toBe(false);
  }
  let looks = 0;
  while (!(await look())) looks += 1;
  expect(looks).toBeGreaterThan(0);
  pulse.leave();
  for (let i = 0; i < 8; i += 1) expect(await look()).toBe(false);
});
