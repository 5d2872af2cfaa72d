/** Worker threads: what comes out is what one thread computes, whatever policies do to the threads. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { InlineExecutor } from "../../../src/executors/inline-executor.ts";
import { ThreadExecutor } from "../../../src/executors/threads/thread-executor.ts";
import { fileTree } from "../../../src/files/file-tree.ts";
import { Library } from "../../../src/files/library.ts";
import { packageFolder } from "../../../src/files/package-folder.ts";
import { Workbench } from "../../../src/run/workbench.ts";
import { folderWith } from "../../cli/call.ts";
import { Outcomes, requestOf, sourceOf, world } from "./worlds.ts";

let executor: ThreadExecutor | undefined;
afterEach(() => executor?.close());

const threads = (jobs: number, cwd = world()): ThreadExecutor => (executor = new ThreadExecutor(jobs, { cwd }));

const told = async (jobs: number, schedulers: readonly string[]): Promise<Outcomes> => {
  const outcomes = new Outcomes();
  await threads(jobs).run(sourceOf(schedulers.map((each) => requestOf(each))), outcomes.ended);
  return outcomes;
};

test("threads give the outcomes of this thread, result by result, whatever their number", async () => {
  const cwd = world();
  const schedulers = ["edf", "good.mjs", "fcfs", "nonsense", "throws.mjs", "rr"];
  const requests = Array.from({ length: 60 }, (_, i) => requestOf(schedulers[i % 6]!, i));
  const here = new Outcomes();
  await new InlineExecutor(new Workbench(new Library(cwd))).run(sourceOf(requests, 7), here.ended);
  expect(here.kinds.slice(0, 6)).toEqual(["done", "done", "done", "input", "policy", "done"]);
  for (const jobs of [1, 3]) {
    const there = new Outcomes();
    await threads(jobs, cwd).run(sourceOf(requests, 7), there.ended);
    expect(there.byIndex).toEqual(here.byIndex);
    await executor?.close();
  }
});

test("a failure in a built-in file reads the same wherever rtmm is installed", async () => {
  const outcomes = new Outcomes();
  const system = join(packageFolder, "hardware/hda-2-ws-os-4k.yaml");
  const variation = { system: { "accelerators[0].pes": -5 } };
  await new InlineExecutor(new Workbench(new Library(world()))).run(
    sourceOf([{ ...requestOf("edf"), system, variation }]),
    outcomes.ended,
  );
  expect(outcomes.byIndex[0]).toMatchObject({
    failure: {
      kind: "input",
      message: expect.stringMatching(/^built-in:hardware\/hda-2-ws-os-4k\.yaml:\d+:\d+: pes /),
    },
  });
});

test("a failure in a built-in file reads the same on a machine that files were brought to", async () => {
  const root = folderWith({});
  const library = new Library("/there", fileTree({ root, packageFolder: "/elsewhere/rtmm/" }));
  const outcomes = new Outcomes();
  const system = "/elsewhere/rtmm/hardware/hda-2-ws-os-4k.yaml";
  const variation = { system: { "accelerators[0].pes": -5 } };
  await new InlineExecutor(new Workbench(library)).run(
    sourceOf([
      { ...requestOf("edf"), scenario: "/elsewhere/rtmm/workloads/scenarios/vr-gaming.yaml", system, variation },
    ]),
    outcomes.ended,
  );
  expect(outcomes.byIndex[0]).toMatchObject({
    failure: {
      kind: "input",
      message: expect.stringMatching(/^built-in:hardware\/hda-2-ws-os-4k\.yaml:\d+:\d+: pes /),
    },
  });
});

test("a thread that keeps nothing loads every point's files anew", async () => {
  const energiesWith = async (setting: object) => {
    const cwd = world();
    executor = new ThreadExecutor(1, { cwd, ...setting });
    const outcomes = new Outcomes();
    await executor.run(sourceOf([requestOf("edf"), requestOf("edf")]), (outcome) => {
      outcomes.ended(outcome);
      writeFileSync(join(cwd, "soc.csv"), "model,accelerator,latencyMs,energyMj\na,npu,1,9\nb,npu,1,9\nc,npu,1,9\n");
    });
    await executor.close();
    return outcomes.byIndex.map((each) => (each?.kind === "done" ? each.result.metrics.energyMj : undefined));
  };
  const [first, second] = await energiesWith({});
  expect(second).toBe(first);
  const [before, after] = await energiesWith({ keeps: "nothing" });
  expect(before).toBe(first);
  expect(after).not.toBe(before);
});

test("points that need no run are left out", async () => {
  const outcomes = new Outcomes();
  await threads(2).run(sourceOf([undefined, requestOf("edf"), undefined, requestOf("edf")]), outcomes.ended);
  expect(outcomes.kinds).toEqual([undefined, "done", undefined, "done"]);
});

test("a policy that ends its thread fails its own points only", async () => {
  const outcomes = await told(2, ["edf", "exits.mjs", "edf", "edf", "exits.mjs", "edf", "edf"]);
  expect(outcomes.kinds).toEqual(["done", "crash", "done", "done", "crash", "done", "done"]);
  expect(outcomes.byIndex[1]).toMatchObject({
    failure: { message: "the worker thread ended: worker exited with code: 7" },
  });
});

test("threads that do not even start end the run instead of keeping it waiting", async () => {
  // The worker makes its library of the folder while it is loaded, and there is none.
  executor = new ThreadExecutor(2, { cwd: undefined as unknown as string });
  const requests = Array.from({ length: 9 }, () => requestOf("edf"));
  await expect(executor.run(sourceOf(requests), () => undefined)).rejects.toThrow("worker threads do not start");
});

test("a late timer of a policy fails nobody's point", async () => {
  const outcomes = await told(
    2,
    Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? "late.mjs" : "edf")),
  );
  expect(outcomes.kinds).toEqual(Array.from({ length: 12 }, () => "done"));
});

test("a policy that never returns fails its own points only, with time and call", async () => {
  const outcomes = new Outcomes();
  executor = new ThreadExecutor(2, { cwd: world() }, 200);
  const schedulers = ["edf", "hangs.mjs", "edf", "good.mjs", "hangs.mjs", "edf"];
  await executor.run(sourceOf(schedulers.map((each) => requestOf(each))), outcomes.ended);
  expect(outcomes.kinds).toEqual(["done", "policy", "done", "done", "policy", "done"]);
  const message = 'policy "hangs" at 0 ms: decide did not end within 0.2 s; --policy-timeout sets the limit';
  expect(outcomes.byIndex[1]).toMatchObject({ failure: { message } });
});

test("a policy whose top level loops fails its own runs", async () => {
  const outcomes = new Outcomes();
  executor = new ThreadExecutor(1, { cwd: world() }, 200);
  await executor.run(sourceOf(["edf", "loops.mjs", "edf"].map((each) => requestOf(each))), outcomes.ended);
  expect(outcomes.kinds).toEqual(["done", "policy", "done"]);
  const message = "loops.mjs: loading it did not end within 0.2 s; --policy-timeout sets the limit";
  expect(outcomes.byIndex[1]).toMatchObject({ failure: { message } });
});

test("an interruption ends a policy that never returns, and keeps what is finished", async () => {
  const stop = new AbortController();
  const outcomes = new Outcomes();
  const reason = new Error("Ctrl-C");
  const run = threads(2).run(
    sourceOf([requestOf("edf"), requestOf("hangs.mjs"), requestOf("edf")]),
    (outcome) => {
      outcomes.ended(outcome);
      if (outcomes.kinds.filter((kind) => kind === "done").length === 2) stop.abort(reason);
    },
    stop.signal,
  );
  await expect(run).rejects.toBe(reason);
  expect(outcomes.kinds).toEqual(["done", undefined, "done"]);
});

test("an interruption is heard while a thread that died is being replaced", async () => {
  const stop = new AbortController();
  const outcomes = new Outcomes();
  const run = threads(1).run(
    sourceOf([requestOf("exits.mjs"), requestOf("exits.mjs")]),
    (outcome) => {
      outcomes.ended(outcome);
      setImmediate(() => stop.abort(new Error("Ctrl-C")));
    },
    stop.signal,
  );
  await expect(run).rejects.toThrow("Ctrl-C");
  expect(outcomes.kinds).toEqual(["crash"]);
});

test("what the receiver of outcomes throws stops the run and is thrown", async () => {
  let heard = 0;
  const run = threads(2).run(sourceOf(Array.from({ length: 50 }, () => requestOf("edf"))), () => {
    heard += 1;
    throw new Error("disk full");
  });
  await expect(run).rejects.toThrow("disk full");
  expect(heard).toBe(1);
});

test("what the source of points throws is thrown", async () => {
  const source = {
    ...sourceOf([requestOf("edf"), requestOf("edf")]),
    request: () => {
      throw new Error("no plan");
    },
  };
  await expect(threads(2).run(source, () => undefined)).rejects.toThrow("no plan");
});

test("an executor runs one list of points after the other", async () => {
  await told(2, ["edf", "exits.mjs"]);
  const again = new Outcomes();
  await executor!.run(sourceOf([requestOf("edf"), requestOf("fcfs")]), again.ended);
  expect(again.kinds).toEqual(["done", "done"]);
});

test("lists of points that overlap hear their own outcomes, whatever they do to the threads", async () => {
  const cwd = world();
  const lists = ["edf", "exits.mjs", "fcfs", "throws.mjs", "good.mjs", "rr"].map((name, i) =>
    Array.from({ length: 3 + i }, (_, seed) => requestOf(seed === 1 ? name : "edf", seed)),
  );
  threads(2, cwd);
  const told = lists.map(() => new Outcomes());
  await Promise.all(lists.map((requests, i) => executor!.run(sourceOf(requests, 2), told[i]!.ended)));
  expect(told.map(({ kinds }) => kinds[1])).toEqual(["done", "crash", "done", "policy", "done", "done"]);
  expect(told.map(({ kinds }) => kinds.filter((kind) => kind === "done").length)).toEqual([3, 3, 5, 5, 7, 8]);
});

test("a list that waits for a thread ends at once when it is interrupted, and the others go on", async () => {
  const [stop, stopWaiting] = [new AbortController(), new AbortController()];
  const outcomes = new Outcomes();
  threads(1);
  const hanging = executor!.run(sourceOf([requestOf("hangs.mjs")]), () => undefined, stop.signal);
  const waiting = executor!.run(sourceOf([requestOf("edf")]), () => undefined, stopWaiting.signal);
  const last = executor!.run(sourceOf([requestOf("edf")]), outcomes.ended);
  stopWaiting.abort(new Error("Ctrl-C"));
  await expect(waiting).rejects.toThrow("Ctrl-C");
  stop.abort(new Error("enough"));
  await expect(hanging).rejects.toThrow("enough");
  await last;
  expect(outcomes.kinds).toEqual(["done"]);
});

test("a thread has its next batch before the caller of an ended list goes on", async () => {
  threads(1);
  const order: string[] = [];
  const source = (name: string) => ({
    ...sourceOf([requestOf("edf")]),
    request: () => {
      order.push(`${name} is asked`);
      return requestOf("edf");
    },
  });
  const first = executor!.run(source("first"), () => undefined).then(() => order.push("first is over"));
  await Promise.all([first, executor!.run(source("second"), () => undefined)]);
  // Each is asked once to find its home thread.
  expect(order).toEqual(["first is asked", "first is asked", "second is asked", "second is asked", "first is over"]);
});

test("this thread can be interrupted between two points", async () => {
  const stop = new AbortController();
  const outcomes = new Outcomes();
  setImmediate(() => setImmediate(() => stop.abort(new Error("Ctrl-C"))));
  const source = { count: 1e6, caseSize: 1, request: () => requestOf("edf") };
  const inline = new InlineExecutor(new Workbench(new Library(world())));
  await expect(inline.run(source, outcomes.ended, stop.signal)).rejects.toThrow("Ctrl-C");
  expect(outcomes.kinds.every((kind) => kind === "done")).toBe(true);
});
