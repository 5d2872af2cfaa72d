/**
 * Differential test: rtmm's forms of the Dysta artifact's policies finish every request when the artifact does. The
 * artifact's finish times check a simulator of its event loop (event-loop.ts). The same simulator, with a clock that
 * never goes backwards, checks rtmm.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceRelease } from "../../../src/core/scenario.ts";
import type { ParameterValues, Scheduler } from "../../../src/core/scheduler.ts";
import { dysta } from "../../../src/schedulers/dysta/dysta.ts";
import { fcfs } from "../../../src/schedulers/fcfs.ts";
import { prema } from "../../../src/schedulers/prema/prema.ts";
import { type Reading, readings } from "../../../src/schedulers/prema/readings.ts";
import { sjf } from "../../../src/schedulers/sjf.ts";
import { propertyRuns } from "../../property-runs.ts";
import { premaBy } from "../../schedulers/prema/prema-by.ts";
import { referenceRows, referenceText, withReference } from "../../shared.ts";
import { run, type SmallTask } from "../../worlds.ts";
import { type PeerPolicy, type PeerRequest, type PeerRun, runPeer } from "./event-loop.ts";
import { planariaDysta } from "./planaria-dysta.ts";
import { sdrm3Dysta } from "./sdrm3-dysta.ts";

const NS_PER_MS = 1e6;

/** Decisions at layer ends only; the reading has the rest. */
const premaOfPeer = { mechanism: "none", reading: "dysta" };

interface Ours {
  readonly peer: PeerPolicy;
  readonly scheduler: Scheduler;
  readonly parameters?: ParameterValues;
}

const policies: readonly Ours[] = [
  { peer: "fcfs", scheduler: fcfs },
  { peer: "sjf", scheduler: sjf },
  { peer: "prema", scheduler: prema, parameters: premaOfPeer },
  { peer: "dysta", scheduler: dysta },
  { peer: "planaria", scheduler: planariaDysta },
  { peer: "sdrm3", scheduler: sdrm3Dysta },
];

/** Requests that rtmm and the peer with the monotone clock finish at different times. */
function differing(requests: readonly PeerRequest[], { peer, scheduler, parameters }: Ours): readonly number[] {
  const expected = runPeer(requests, peer, "monotone");
  const finishNs = finishTimes(requests, expected, scheduler, parameters);
  return requests.map(({ id }) => id).filter((id) => finishNs.get(id) !== expected.finishNs.get(id));
}

/**
 * Finish times in rtmm, with one task for each model and one job for each request. A request that the peer left out at
 * the end of a layer is released 1 ns later, while the next layer runs.
 */
function finishTimes(
  requests: readonly PeerRequest[],
  { leftOut }: PeerRun,
  scheduler: Scheduler,
  parameters: ParameterValues = {},
): ReadonlyMap<number, number> {
  const models = [...new Set(requests.map(({ layersNs }) => layersNs))];
  const ofModel = models.map((model) => requests.filter(({ layersNs }) => layersNs === model));
  const tasks = models.map((layersNs, i): SmallTask => {
    const releases = ofModel[i]!.map(({ id, arrivalNs, deadlineNs, priority }): TraceRelease => {
      return { releaseNs: arrivalNs + (leftOut.has(id) ? 1 : 0), deadlineNs, priority };
    });
    return { id: `m${i}`, layersNs, release: { kind: "trace", releases } };
  });
  const given = { granularity: "layer", lateDrop: false, ...parameters };
  const { jobs } = run({ tasks, durationNs: 1e12 }, scheduler, given);
  return new Map(
    jobs.map(({ taskIndex, jobIndex, completionNs }) => [ofModel[taskIndex]![jobIndex]!.id, completionNs!]),
  );
}

/** Up to 40 requests of three models, from light load to overload. */
const randomRequests: fc.Arbitrary<readonly PeerRequest[]> = fc
  .tuple(
    fc.array(fc.array(fc.integer({ min: 1, max: 2e6 }), { minLength: 1, maxLength: 6 }), {
      minLength: 3,
      maxLength: 3,
    }),
    fc.array(
      fc.record({
        gapNs: fc.integer({ min: 1, max: 6e6 }),
        model: fc.nat(2),
        priority: fc.constantFrom(1, 3, 9),
        slackNs: fc.integer({ min: 1, max: 3e7 }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  )
  .map(([models, drawn]) => {
    let arrivalNs = 0;
    return drawn.map(({ gapNs, model, priority, slackNs }, id) => {
      arrivalNs += gapNs;
      return { id, arrivalNs, deadlineNs: arrivalNs + slackNs, priority, layersNs: models[model]! };
    });
  });

describe.each(policies)("$scheduler.name", (ours) => {
  test("finishes random requests when the peer does", () => {
    const property = fc.property(randomRequests, (requests) => {
      fc.pre(!runPeer(requests, ours.peer, "monotone").isUndefined);
      expect(differing(requests, ours)).toEqual([]);
    });
    fc.assert(property, propertyRuns(100));
  });
});

/** Rules of the peer's prema, each replaced by another one. */
const replacedRules: readonly [replaced: Partial<Reading>, requests: number][] = [
  [{ estimate: "whole" }, 243],
  [{ freshTokens: "counted" }, 8],
  [{ wait: "since-last" }, 304],
  [{ comparison: "above" }, 108],
];
const premaWith = (replaced: Partial<Reading>): Ours => ({
  peer: "prema",
  scheduler: premaBy({ ...readings.dysta, ...replaced }),
  parameters: premaOfPeer,
});

test.each(replacedRules)("random requests tell prema with %o from the peer", (replaced) => {
  const samples = fc.sample(randomRequests, { numRuns: 100, seed: 1 });
  const told = samples.filter((requests) => differing(requests, premaWith(replaced)).length > 0);
  expect(told.length).toBeGreaterThan(5);
});

withReference("dysta", () => {
  const cases = referenceRows("dysta", "expected-summary.csv");

  test("three traces and six policies are there", () => expect(cases.length).toBe(18));

  describe.each(cases)("$trace, $scheduler", ({ trace, scheduler, ...summary }) => {
    const requests = requestsOf(trace!);
    const ours = policies.find(({ peer }) => peer === scheduler)!;

    test("the simulator of the artifact finishes every request when the artifact does", () => {
      const { finishNs, layers, clockRewinds, leftOut } = runPeer(requests, ours.peer, "artifact");
      expect(finishNs).toEqual(artifactFinishTimes(trace!, scheduler!));
      expect([layers, clockRewinds, leftOut.size].map(String)).toEqual([
        summary.layers,
        summary.clock_rewinds,
        summary.arrival_equals_boundary,
      ]);
    });

    test("every request finishes when the peer's does, to the ns", () => {
      expect(differing(requests, ours)).toEqual([]);
    });
  });

  // docs/references.md#dysta-policies: how many finish times change if the artifact's own rule is replaced.
  test.each(replacedRules)(
    "prema with %o differs from the peer by as many requests as the artifact would",
    (replaced, count) => {
      expect(differing(requestsOf("500-u80m"), premaWith(replaced)).length).toBe(count);
    },
  );
});

function requestsOf(trace: string): readonly PeerRequest[] {
  interface PeerModel {
    readonly name: string;
    readonly layer_latency_ms: readonly number[];
  }
  const { models } = JSON.parse(referenceText("dysta", "models.json")) as { models: readonly PeerModel[] };
  const layersNs = new Map(models.map((model) => [model.name, model.layer_latency_ms.map((ms) => ms * NS_PER_MS)]));
  return referenceRows("dysta", `trace-${trace}.csv`).map((row) => ({
    id: Number(row.request_id),
    arrivalNs: Number(row.arrival_ms) * NS_PER_MS,
    deadlineNs: Number(row.deadline_ms) * NS_PER_MS,
    priority: Number(row.priority),
    layersNs: layersNs.get(row.model!)!,
  }));
}

function artifactFinishTimes(trace: string, scheduler: string): ReadonlyMap<number, number> {
  const rows = referenceRows("dysta", `expected-${scheduler}-${trace}.csv`);
  expect(rows.length).toBe(500);
  return new Map(rows.map(({ request_id, finish_ms }) => [Number(request_id), Number(finish_ms) * NS_PER_MS]));
}
