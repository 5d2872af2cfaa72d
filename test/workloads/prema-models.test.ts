/** PREMA's eight benchmarks: published figures, sums written apart from the loader, lengths and batches. */
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
import { ProblemList } from "../../src/input/problem-list.ts";
import { modelAt } from "../../src/scenario/load-model.ts";
import {
  conv,
  fc,
  mmacsOf,
  modelNamed,
  type Published,
  sum,
  testOrigins,
  testOwnSums,
  testPublished,
} from "./published-figures.ts";
import { shippedFile, shippedFiles } from "./shipped-files.ts";

const published: readonly Published[] = [
  { model: "alexnet", mmacs: 720, mparameters: 61, within: 0.01, source: "Sze et al., Proc. IEEE 2017, table 2" },
  { model: "vgg16", mmacs: 15500, mparameters: 138, within: 0.01, source: "Simonyan and Zisserman; Sze et al. 2017" },
  { model: "mobilenet-v1", mmacs: 569, mparameters: 4.2, within: 0.005, source: "Howard et al. 2017, table 4" },
];

/** Two groups read half of the channels each. */
const alexnet = [
  conv(55, 55, 96, 3, 11),
  conv(27, 27, 256, 48, 5),
  conv(13, 13, 384, 256, 3) + conv(13, 13, 384, 192, 3) + conv(13, 13, 256, 192, 3),
  fc(9216, 4096) + fc(4096, 4096) + fc(4096, 1000),
];

/** One inception module: 1 x 1, 3 x 3 reduced, 3 x 3, 5 x 5 reduced, 5 x 5, pool projection. Source: table 1. */
function inception(size: number, into: number, [a, b, c, d, e, f]: readonly number[]): number {
  const pointwise = [a!, b!, d!, f!].map((out) => conv(size, size, out, into, 1));
  return sum(pointwise) + conv(size, size, c!, b!, 3) + conv(size, size, e!, d!, 5);
}
const googlenet = [
  conv(112, 112, 64, 3, 7) + conv(56, 56, 64, 64, 1) + conv(56, 56, 192, 64, 3),
  inception(28, 192, [64, 96, 128, 16, 32, 32]) + inception(28, 256, [128, 128, 192, 32, 96, 64]),
  inception(14, 480, [192, 96, 208, 16, 48, 64]) + inception(14, 512, [160, 112, 224, 24, 64, 64]),
  inception(14, 512, [128, 128, 256, 24, 64, 64]) + inception(14, 512, [112, 144, 288, 32, 64, 64]),
  inception(14, 528, [256, 160, 320, 32, 128, 128]),
  inception(7, 832, [256, 160, 320, 32, 128, 128]) + inception(7, 832, [384, 192, 384, 48, 128, 128]),
  fc(1024, 1000),
];

const lstm = (into: number, hidden: number): number => fc(into + hidden, 4 * hidden);

/** At most 400 words. */
const rnnSa = [400 * lstm(512, 1024), fc(1024, 30), fc(30, 2)];

/** At most 50 words each way; input feeding makes the first decoder layer read 2000 features. */
const rnnMt1 = [
  50 * 4 * lstm(1000, 1000),
  50 * (lstm(2000, 1000) + 3 * lstm(1000, 1000)),
  50 * (fc(1000, 1000) + 2 * fc(1000, 25) + fc(2000, 1000) + fc(1000, 50000)),
];

const rnnMt2 = [
  50 * (2 * lstm(1024, 1024) + lstm(2048, 1024) + 2 * lstm(1024, 1024)),
  50 * 4 * lstm(2048, 1024),
  50 * (fc(1024, 1024) + 2 * fc(1024, 25) + fc(1024, 32000)),
];

/** At most 150 chunks of 8 frames, 120 characters; both directions; each pyramid layer halves the steps. */
const rnnAsr = [
  150 * 2 * (8 * lstm(40, 256) + (4 + 2 + 1) * lstm(1024, 256)),
  120 * (lstm(1024, 512) + lstm(512, 512)),
  120 * (fc(512, 512) + 2 * fc(512, 64) + fc(1024, 512) + fc(512, 30)),
];

testPublished(published);
testOwnSums([
  ["alexnet", sum(alexnet)],
  ["googlenet", sum(googlenet)],
  ["rnn-sa", sum(rnnSa)],
  ["rnn-mt1", sum(rnnMt1)],
  ["rnn-mt2", sum(rnnMt2)],
  ["rnn-asr", sum(rnnAsr)],
]);
testOrigins(
  ["alexnet", "vgg16", "mobilenet-v1", "googlenet", "rnn-sa", "rnn-mt1", "rnn-mt2", "rnn-asr"],
  ["alexnet", "vgg16", "rnn-sa", "rnn-mt1", "rnn-mt2", "rnn-asr"],
);

/** Loops, and the mean of each; attention of the translations and of speech is written for the mean of the first. */
test.each([
  ["rnn-sa", [225]],
  ["rnn-mt1", [25.3, 25.3]],
  ["rnn-mt2", [25.3, 25.3]],
  ["rnn-asr", [65.25, 52.2]],
])("%s has lengths of mean %s", (name, means) => {
  const { loops } = modelNamed(name).variants[0]!;
  const found = loops.map(({ stepProbabilities }) => sum(stepProbabilities.map((p, i) => p * (i + 1))));
  expect(found.map((mean) => Number(mean.toFixed(9)))).toEqual(means);
});

describe.each(["alexnet", "vgg16", "mobilenet-v1", "googlenet", "rnn-sa", "rnn-mt1", "rnn-mt2", "rnn-asr"])(
  "%s",
  (name) => {
    test.each([4, 16])("at batch %d has that many times the MACs and the same weights", (batch) => {
      const one = modelNamed(name);
      const many = modelAt(shippedFile("model", name), shippedFiles(), new Map(), new ProblemList(), undefined, batch)!;
      expect(many.name).toBe(`${name}@${batch}`);
      expect(mmacsOf(many.variants[0]!)).toBeCloseTo(batch * mmacsOf(one.variants[0]!), 6);
      for (const [i, layer] of many.variants[0]!.layers.entries()) {
        const before = one.variants[0]!.layers[i]!;
        expect(macsOf(layer)).toBe(batch * macsOf(before));
        if (layer.kind === "convolution" && before.kind === "convolution")
          expect(layer.weightElements).toBe(before.weightElements);
      }
    });
  },
);
