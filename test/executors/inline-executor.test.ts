/** Points in this thread: who hears of them, what they keep, and how they end. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listenToEnds } from "../../src/core/events.ts";
import type { JobRecord } from "../../src/core/records.ts";
import { InlineExecutor, type InlineOptions } from "../../src/executors/inline-executor.ts";
import { Library } from "../../src/files/library.ts";
import { Workbench } from "../../src/run/workbench.ts";
import { Outcomes, requestOf, sourceOf, world } from "./threads/worlds.ts";

const executorIn = (cwd: string, options?: InlineOptions) =>
  new InlineExecutor(new Workbench(new Library(cwd)), options);

test("an observer hears of every job of its own point", async () => {
  const jobs: JobRecord[][] = [[], []];
  const runOptions = (index: number) => ({ observer: listenToEnds((job) => jobs[index]!.push(job)) });
  const outcomes = new Outcomes();
  await executorIn(world(), { runOptions }).run(sourceOf([requestOf("edf"), requestOf("fcfs")]), outcomes.ended);
  const released = outcomes.byIndex.map((each) => (each?.kind === "done" ? each.result.metrics.released : undefined));
  expect(jobs.map((each) => each.length)).toEqual(released);
});

test("an interruption in a simulation ends the run, not just the point", async () => {
  const interruptibly = (): never => {
    throw new Error("Ctrl-C");
  };
  const outcomes = new Outcomes();
  const run = executorIn(world(), { interruptibly }).run(sourceOf([requestOf("edf")]), outcomes.ended);
  await expect(run).rejects.toThrow("Ctrl-C");
  expect(outcomes.kinds).toEqual([]);
});

describe("a failure", () => {
  const source = sourceOf(["edf", "throws.mjs", "nonsense", "edf"].map((each) => requestOf(each)));

  test("is an outcome, and those behind it run", async () => {
    const outcomes = new Outcomes();
    await executorIn(world()).run(source, outcomes.ended);
    expect(outcomes.kinds).toEqual(["done", "policy", "input", "done"]);
  });

  test("is thrown as it is where that is asked for, with what has caused it", async () => {
    const outcomes = new Outcomes();
    const run = executorIn(world(), { failures: "thrown" }).run(source, outcomes.ended);
    await expect(run).rejects.toMatchObject({ name: "SchedulerError", cause: { message: "no idea" } });
    expect(outcomes.kinds).toEqual(["done"]);
  });
});

test("what was loaded stays, unless each point has a workbench of its own", async () => {
  const durationsIn = async (executor: InlineExecutor, cwd: string) => {
    const outcomes = new Outcomes();
    await executor.run(sourceOf([requestOf("edf"), requestOf("edf")]), (outcome) => {
      outcomes.ended(outcome);
      writeFileSync(join(cwd, "soc.csv"), "model,accelerator,latencyMs,energyMj\na,npu,1,9\nb,npu,1,9\nc,npu,1,9\n");
    });
    return outcomes.byIndex.map((each) => (each?.kind === "done" ? each.result.metrics.energyMj : undefined));
  };
  const [kept, fresh] = [world(), world()];
  const [first, second] = await durationsIn(executorIn(kept), kept);
  expect(second).toBe(first);
  const [before, after] = await durationsIn(new InlineExecutor(() => new Workbench(new Library(fresh))), fresh);
  expect(before).toBe(first);
  expect(after).not.toBe(before);
});
