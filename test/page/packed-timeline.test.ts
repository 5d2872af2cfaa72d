import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberReader, NumberWriter } from "../../src/page/number-bytes.ts";
import { packTimeline, unpackTimeline } from "../../src/page/packed-timeline.ts";
import { largeTimeline, timelineOf } from "../web/timeline/random-timeline.ts";

test("whole numbers are read as they were written, and small ones take a byte", () => {
  const writer = new NumberWriter();
  for (const value of [0, -1, 63, -64]) writer.write(value);
  expect(writer.bytes).toEqual(Uint8Array.of(0, 1, 126, 127));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), { maxLength: 200 }), (values) => {
      const own = new NumberWriter();
      for (const value of values) own.write(value);
      const reader = new NumberReader(own.bytes);
      expect(values.map(() => reader.read())).toEqual(values.map((value) => value + 0));
    }),
  );
});

test("numbers that are cut off are refused", () => {
  expect(() => new NumberReader(Uint8Array.of(200)).read()).toThrow("cut off");
});

const slice = fc.tuple(fc.nat(1e6), fc.integer({ min: 1, max: 1e9 }), fc.nat(2), fc.nat(40));

test("a timeline is unpacked as it was", async () => {
  const lanes = fc.array(fc.array(slice, { maxLength: 40 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(lanes, fc.nat(1e6), async (all, deadlineNs) => {
      const plain = timelineOf({
        tasks: ["a", "b", "c"],
        accelerators: all.map((_, i) => `npu${i}`),
        lanes: all,
        deadlineNs,
        isDropped: (taskIndex, jobIndex) => (taskIndex + jobIndex) % 5 === 0,
      });
      const { jobs } = plain;
      const odd = jobs.deadlineNs.map((each, row) => [each, Infinity, jobs.frameReleaseNs[row]! - 1 - row][row % 3]!);
      const energyMj = jobs.energyMj.map((each, row) => (row % 4 === 0 ? Number.NaN : each));
      const timeline = { ...plain, jobs: { ...jobs, deadlineNs: odd, energyMj } };
      expect(await unpackTimeline(await packTimeline(timeline))).toEqual(timeline);
    }),
  );
});

test("a hundred thousand slices take well under a megabyte", async () => {
  const { data } = await packTimeline(largeTimeline(100_000));
  expect(data.length).toBeLessThan(900_000);
});
