/** Which tasks a review gives up, worked out by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configurationsOf, DEFAULT_CONFIGURATIONS } from "../../../src/schedulers/horizon/configuration.ts";
import { horizon } from "../../../src/schedulers/horizon/horizon.ts";
import { Review } from "../../../src/schedulers/horizon/review.ts";
import { standing } from "../../../src/schedulers/horizon/rules.ts";
import { Trials } from "../../../src/schedulers/horizon/trials.ts";
import { randomWorld } from "../../core/random-worlds.ts";
import { propertyRuns } from "../../property-runs.ts";
import { run, type SmallWorld } from "../../worlds.ts";
import { atFirstDecision, byDeadline, type Parts } from "./parts.ts";

const every = (periodNs: number) => ({ kind: "periodic", fps: 1e9 / periodNs, offsetNs: 0, jitterNs: 0 }) as const;

/** Every 400 ns, `first` is due before both others and takes the time of both: served, it costs two misses. */
const world: SmallWorld = {
  tasks: [
    { id: "first", layersNs: [90], release: every(400), deadlineNs: 95 },
    { id: "one", layersNs: [45], release: every(400), deadlineNs: 100 },
    { id: "two", layersNs: [45], release: every(400), deadlineNs: 100 },
  ],
  durationNs: 1600,
};

const revised = ({ platform, rollout, memory }: Parts, configuration = byDeadline, leastGain = 0) => {
  const trials = new Trials(rollout, 1e6);
  const review = new Review(platform, trials, memory, { intervalNs: 100, leastGain });
  trials.beginPlan();
  trials.isCheaper(configuration);
  review.revise(0, configuration);
  return review;
};

describe("a task that costs two others their deadlines", () => {
  const modes = atFirstDecision(world, { horizonNs: 800, predicts: true }, (parts) => {
    const review = revised(parts);
    return { rootMode: [...parts.memory.rootMode], isDue: [99, 100].map((nowNs) => review.isDue(nowNs)) };
  });
  test("is given up by a review", () =>
    expect(modes.rootMode).toEqual([standing.givenUp, standing.normal, standing.normal]));
  test("stays where giving it up saves less than the least gain", () => {
    // All alike, 2 misses of 3 in the frame at 0 and of the expected one at 400, which counts half; given up, 1 of each.
    const modesAt = (leastGain: number) =>
      atFirstDecision(world, { horizonNs: 800, predicts: true }, (parts) => {
        revised(parts, byDeadline, leastGain);
        return parts.memory.rootMode[0];
      });
    expect([0.3, 0.6].map(modesAt)).toEqual([standing.givenUp, standing.normal]);
  });
  test("is reviewed again after an interval", () => expect(modes.isDue).toEqual([false, true]));

  const inTime = (reviewMs: number) =>
    run(world, horizon, { jobMoves: false, mu: 1, reviewMs })
      .jobs.filter(({ jobIndex, completionNs, deadlineNs }) => jobIndex > 0 && completionNs! <= deadlineNs)
      .map(({ taskIndex, jobIndex }) => `${world.tasks[taskIndex]!.id}#${jobIndex}`)
      .sort();
  test("is missed from the second frame on, and nothing else", () =>
    expect(inTime(0.0001)).toEqual(["one#1", "one#2", "one#3", "two#1", "two#2", "two#3"]));
  test("is served without reviews", () => expect(inTime(0)).toEqual(["first#1", "first#2", "first#3"]));
});

test("a review never leaves tasks in modes that cost more than those before it", () => {
  const configurations = configurationsOf(DEFAULT_CONFIGURATIONS);
  const modes = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 20, maxLength: 20 });
  const property = fc.property(randomWorld, modes, fc.nat(configurations.length - 1), (random, given, k) => {
    const [before, after] = atFirstDecision(random, { horizonNs: 1000, predicts: true }, (parts) => {
      parts.memory.rootMode.set(given.slice(0, parts.memory.rootMode.length));
      const cost = () => parts.rollout.cost(configurations[k]!, Infinity);
      const first = cost();
      revised(parts, configurations[k]);
      return [first, cost()];
    });
    expect(after).toBeLessThanOrEqual(before!);
  });
  fc.assert(property, propertyRuns(50));
});
