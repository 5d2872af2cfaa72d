import fc from "fast-check";
import { expect, test } from "vitest";
import type { Baseline } from "../../../src/studies/baseline/baseline.ts";
import { baselineText, contentHash } from "../../../src/studies/baseline/baseline-text.ts";
import { baselineWith } from "./worlds.ts";

type Stated = Baseline & { readonly contentHash: string };
const readBack = (baseline: Baseline): Stated => JSON.parse(baselineText(baseline)) as Stated;

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
// -0 is 0 in JSON, and equal to it.
const value = fc.option(
  number.map((each) => each + 0),
  { nil: null },
);

test("a baseline read back is the same to the last digit, and bears its own hash", () => {
  const values = fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z.-]*$/), fc.array(value, { minLength: 1 }));
  fc.assert(
    fc.property(values, (each) => {
      const baseline = baselineWith(each);
      const { contentHash: stated, ...content } = readBack(baseline);
      expect(content).toEqual(baseline);
      expect(stated).toBe(contentHash(baseline));
      expect(contentHash(content)).toBe(stated);
      expect(baselineText(content)).toBe(baselineText(baseline));
    }),
  );
});

test("a value moved in a baseline is one line of its file beside the hash", () => {
  const lines = (uxCost: number) => baselineText(baselineWith({ uxCost: [uxCost], p99Ms: [3], late: [0] })).split("\n");
  const [before, now] = [lines(1), lines(2)];
  const changed = now.filter((line, index) => line !== before[index]);
  expect(changed).toEqual([expect.stringContaining("contentHash"), '      "uxCost": [2],']);
});

test("the hash does not depend on the order of keys", () => {
  const { rows, ...rest } = baselineWith({ uxCost: [1] });
  expect(contentHash({ rows, ...rest })).toBe(contentHash({ ...rest, rows }));
});

test("the hash changes with every field", () => {
  const hash = contentHash(baselineWith({ uxCost: [1] }));
  const others = [
    baselineWith({ uxCost: [1 + 2 ** -52] }),
    baselineWith({ uxCostGuarded: [1] }),
    baselineWith({ uxCost: [1] }, { seeds: [2] }),
    baselineWith({ uxCost: [1] }, { inputs: { "soc.yaml": "a1", "vr.yaml": "b2" } }),
    baselineWith({ uxCost: [1] }, { rtmmVersion: "0.0.2" }),
  ];
  for (const other of others) expect(contentHash(other)).not.toBe(hash);
});
