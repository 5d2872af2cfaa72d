/**
 * Differential test: finish times of the Dysta artifact's single-accelerator policies, on traces of 500 requests
 * (reference data `dysta`). Its clock may go back when a busy period ends; only cases where it does not can be matched.
 */
import { describe, expect, test } from "vitest";
import type { TraceRelease } from "../../../src/core/scenario.ts";
import type { ParameterValues, Scheduler } from "../../../src/core/scheduler.ts";
import { dysta } from "../../../src/schedulers/dysta/dysta.ts";
import { fcfs } from "../../../src/schedulers/fcfs.ts";
import { prema } from "../../../src/schedulers/prema/prema.ts";
import { readings } from "../../../src/schedulers/prema/readings.ts";
import { sjf } from "../../../src/schedulers/sjf.ts";
import { premaBy } from "../../schedulers/prema/prema-by.ts";
import { referenceRows, referenceText, withReference } from "../../shared.ts";
import { run, type SmallTask } from "../../worlds.ts";
import { planariaDysta } from "./planaria-dysta.ts";
import { sdrm3Dysta } from "./sdrm3-dysta.ts";

interface PeerModel {
  readonly name: string;
  readonly layer_latency_ms: readonly number[];
}

const NS_PER_MS = 1e6;
/**
 * The peer admits arrivals strictly before a layer boundary. A busy period is as late as the request that began it, so
 * each request is released 1 ns later than the one before: then none coincides with a boundary. 500 requests: 500 ns.
 */
const admissionDelayNs = (request: number): number => request + 1;
const TOLERANCE_NS = 1000;

/** Decisions at layer ends only; the preset has the rest. */
const premaOfPeer = { mechanism: "none", reading: "dysta" };

const peers: readonly { peer: string; scheduler: Scheduler; parameters?: ParameterValues }[] = [
  { peer: "fcfs", scheduler: fcfs },
  { peer: "sjf", scheduler: sjf },
  { peer: "prema", scheduler: prema, parameters: premaOfPeer },
  { peer: "dysta", scheduler: dysta },
  { peer: "planaria", scheduler: planariaDysta },
  { peer: "sdrm3", scheduler: sdrm3Dysta },
];

withReference("dysta", () => {
  const cases = referenceRows("dysta", "expected-summary.csv").filter((row) => row.clock_rewinds === "0");
  const known = cases.filter((row) => peers.some(({ peer }) => peer === row.scheduler));
  describe.each(known)("dysta $trace, $scheduler", ({ trace, scheduler }) => {
    test("every request finishes when the peer's does", () => {
      const { scheduler: policy, parameters } = peers.find(({ peer }) => peer === scheduler)!;
      expect(differing(trace!, scheduler!, policy, parameters)).toEqual([]);
    });
  });
  // Requests that finish at another time when one rule of the peer's prema is replaced, as counted with the peer.
  test.each([
    [{ estimate: "whole" }, 243],
    [{ freshTokens: "counted" }, 8],
    [{ wait: "since-last" }, 304],
    [{ comparison: "above" }, 108],
  ] as const)("prema differs by as many requests as the peer would with %o", (replaced, count) => {
    const other = premaBy({ ...readings.dysta, ...replaced });
    expect(differing("500-u80m", "prema", other, premaOfPeer).length).toBe(count);
  });
  test("the cases without clock rewinds are there", () => expect(known.length).toBe(6));
});

/** Requests that finish at another time than the peer's. */
function differing(trace: string, peer: string, scheduler: Scheduler, parameters: ParameterValues = {}) {
  const { tasks, taskOf, jobOf } = replay(trace);
  const given = { granularity: "layer", lateDrop: false, ...parameters };
  const { jobs } = run({ tasks, durationNs: 1e12 }, scheduler, given);
  const finish = new Map(jobs.map((job) => [`${job.taskIndex}/${job.jobIndex}`, job.completionNs!]));
  const expected = referenceRows("dysta", `expected-${peer}-${trace}.csv`);
  expect(expected.length).toBe(500);
  return expected
    .map(({ request_id, finish_ms }) => ({ id: Number(request_id), finishNs: Number(finish_ms) * NS_PER_MS }))
    .filter(({ id, finishNs }) => Math.abs(finish.get(`${taskOf[id]}/${jobOf[id]}`)! - finishNs) >= TOLERANCE_NS)
    .map(({ id }) => id);
}

/** One task a model, with the trace's requests as its jobs. */
function replay(trace: string) {
  const { models } = JSON.parse(referenceText("dysta", "models.json")) as { models: readonly PeerModel[] };
  const releases: TraceRelease[][] = models.map(() => []);
  const taskOf: number[] = [];
  const jobOf: number[] = [];
  for (const { request_id, arrival_ms, model, priority, deadline_ms } of referenceRows("dysta", `trace-${trace}.csv`)) {
    const task = models.findIndex(({ name }) => name === model);
    taskOf[Number(request_id)] = task;
    jobOf[Number(request_id)] = releases[task]!.length;
    const delayNs = admissionDelayNs(Number(request_id));
    releases[task]!.push({
      releaseNs: Number(arrival_ms) * NS_PER_MS + delayNs,
      deadlineNs: Number(deadline_ms) * NS_PER_MS + delayNs,
      priority: Number(priority),
    });
  }
  const tasks = models.map((model, i): SmallTask => {
    const layersNs = model.layer_latency_ms.map((ms) => ms * NS_PER_MS);
    return { id: model.name, layersNs, release: { kind: "trace", releases: releases[i]! } };
  });
  return { tasks, taskOf, jobOf };
}
