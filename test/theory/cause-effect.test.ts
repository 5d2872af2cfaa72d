/** Cause-effect chains of periodic tasks that read each other's newest outputs: data age and reaction time, against theory. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { propertyRuns } from "../property-runs.ts";

interface Stage {
  readonly periodMs: number;
  readonly offsetMs: number;
  readonly latencyMs: number;
}

/** Each stage has a processor of its own and reads the stage before; the last one is the display. */
async function measured(stages: readonly Stage[], durationMs: number) {
  const tasks = stages.map(({ periodMs, offsetMs }, i) => {
    const reads = i === 0 ? "" : `, reads: t${i - 1}`;
    const display = i === stages.length - 1 ? ", display: true" : "";
    const model = `{ name: m${i}, layers: measured }`;
    return `  - { id: t${i}, model: ${model}, periodMs: ${periodMs}, offsetMs: ${offsetMs}${reads}${display} }\n`;
  });
  const processors = stages.map((_, i) => `{ id: p${i} }`).join(", ");
  const table = stages.map(({ latencyMs }, i) => `m${i},p${i},${latencyMs}\n`);
  const { metrics } = await run({
    scenario: { yaml: `name: chain\ndurationMs: ${durationMs}\ntasks:\n${tasks.join("")}` },
    system: { yaml: `name: s\ncosts: table\ntable: t.csv\ncontextSwitch: off\naccelerators: [${processors}]\n` },
    files: { "t.csv": `model,accelerator,latencyMs\n${table.join("")}` },
    audit: "on",
  });
  return metrics;
}

/** What each completed job of the last stage shows: its completion and its source frame, by Günzel's job chains. */
function shown(
  stages: readonly Stage[],
  durationMs: number,
): readonly { readonly atMs: number; readonly fromMs: number }[] {
  const sensor = stages[0]!;
  let outputs = releases(sensor, durationMs).map((atMs) => ({ atMs: atMs + sensor.latencyMs, fromMs: atMs }));
  for (const stage of stages.slice(1)) {
    const before = outputs;
    outputs = releases(stage, durationMs).flatMap((startMs) => {
      const newest = before.findLast(({ atMs }) => atMs <= startMs);
      return newest === undefined ? [] : [{ atMs: startMs + stage.latencyMs, fromMs: newest.fromMs }];
    });
  }
  return outputs;
}

function releases({ periodMs, offsetMs }: Stage, durationMs: number): readonly number[] {
  const count = Math.max(0, Math.ceil((durationMs - offsetMs) / periodMs));
  return Array.from({ length: count }, (_, k) => offsetMs + k * periodMs);
}

describe("a sensor of 10 ms, a filter of 20 ms and an actuator of 50 ms", () => {
  // The filter at 20 j reads the sample of 20 j - 10. The actuator at 50 k reads the filter of 20 j <= 50 k - 2: of 40, 80, ...
  const stages = [
    { periodMs: 10, offsetMs: 0, latencyMs: 1 },
    { periodMs: 20, offsetMs: 0, latencyMs: 2 },
    { periodMs: 50, offsetMs: 0, latencyMs: 3 },
  ];
  test("show samples that are 23 and 33 ms old in turn, and react within 73 and 83 ms", async () => {
    const metrics = await measured(stages, 1000);
    expect(metrics.motionToPhotonMaxMs).toBe(33);
    // From 19 shown samples of which 10 are 23 ms old.
    expect(metrics.motionToPhotonMs).toBeCloseTo((10 * 23 + 9 * 33) / 19, 9);
    expect([metrics.reactionP50Ms, metrics.reactionMaxMs, metrics.reactionMeanMs]).toEqual([73, 83, 78]);
  });
  test("stay within Davare's bound, the sum of periods and response times", async () => {
    const metrics = await measured(stages, 1000);
    expect(metrics.reactionMaxMs).toBeLessThanOrEqual(10 + 20 + 50 + 1 + 2 + 3);
  });
});

test("one task alone reacts within its period and its response time", async () => {
  expect(await measured([{ periodMs: 7, offsetMs: 3, latencyMs: 2 }], 700)).toMatchObject({
    motionToPhotonMaxMs: 2,
    reactionMeanMs: 9,
    reactionMaxMs: 9,
  });
});

test("chains of any periods and offsets show what the job chains say, and no event waits longer than the reaction time", async () => {
  const stage = fc.integer({ min: 2, max: 30 }).chain((periodMs) =>
    fc.record({
      periodMs: fc.constant(periodMs),
      offsetMs: fc.nat(20),
      latencyMs: fc.integer({ min: 1, max: periodMs }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(stage, { minLength: 1, maxLength: 4 }), async (stages) => {
      const durationMs = 200;
      const metrics = await measured(stages, durationMs);
      const outputs = shown(stages, durationMs);
      const ages = outputs.map(({ atMs, fromMs }) => atMs - fromMs);
      expect(metrics.motionToPhotonMaxMs).toBe(ages.length === 0 ? undefined : Math.max(...ages));
      // For an event just after a sample: until the first output of a later sample.
      const first = outputs[0]?.fromMs ?? Number.POSITIVE_INFINITY;
      const waits = releases(stages[0]!, durationMs).flatMap((sampleMs) => {
        const seen = outputs.find(({ fromMs }) => fromMs > sampleMs);
        return seen === undefined || sampleMs < first ? [] : [seen.atMs - sampleMs];
      });
      expect(metrics.reactionMaxMs).toBe(waits.length === 0 ? undefined : Math.max(...waits));
    }),
    propertyRuns(40),
  );
});
