/** The models of DREAM's scenarios: published figures, sums written apart from the loader, and dynamic behaviour. */
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
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

const published: readonly Published[] = [
  {
    model: "ssd-mobilenetv2",
    mmacs: 800,
    mparameters: 4.3,
    within: 0.04,
    source: "Sandler et al., CVPR 2018, table 6: 0.8B, 4.3M",
  },
  {
    model: "ofa-supernet",
    variant: "d4-w3-k3",
    mmacs: 226,
    within: 0.002,
    source: "Cai et al., ICLR 2020, section 4.1",
  },
  { model: "kws-res8", mparameters: 0.11, within: 0.01, source: "Tang and Lin, ICASSP 2018, table 2: 110K" },
  { model: "skipnet", mmacs: 7800, mparameters: 44.5, within: 0.01, source: "ResNet-101, torchvision: 7.8 G, 44.5 M" },
  {
    model: "googlenet",
    mmacs: 1500,
    mparameters: 6.8,
    within: 0.06,
    source: "Szegedy et al., CVPR 2015: 1.5 billion, 6.8 M",
  },
];

/** Its code (castorini/honk) has 101 frames; without its border a convolution leaves (rows - 2) x (columns - 2) of them. */
test("kws-res8 on honk's frames, without borders, has the 30 million multiplications of its paper", () => {
  const mmacs = conv(99, 38, 45, 1, 3) + 6 * conv(25 - 2, 13 - 2, 45, 45, 3) + fc(45, 12);
  expect(Math.abs(mmacs / 30 - 1)).toBeLessThan(0.05);
});

/** Rows, columns, widths and kernels as in the prototxt. */
const trailnet = [
  conv(87, 157, 64, 3, 7),
  4 * conv(43, 78, 64, 64, 3),
  ...(
    [
      [43, 78, 22, 39, 64, 128],
      [22, 39, 11, 20, 128, 256],
      [11, 20, 6, 10, 256, 512],
    ] as const
  ).flatMap(([rows, columns, rowsAfter, columnsAfter, into, out]) => [
    conv(rows, columns, out, into, 3),
    3 * conv(rowsAfter, columnsAfter, out, out, 3),
    conv(rowsAfter, columnsAfter, out, into, 1),
  ]),
  2 * fc(4 * 8 * 512, 3),
];

const sosnet = [
  conv(32, 32, 32, 1, 3) + conv(32, 32, 32, 32, 3),
  conv(16, 16, 64, 32, 3) + conv(16, 16, 64, 64, 3),
  conv(8, 8, 128, 64, 3) + conv(8, 8, 128, 128, 3),
  conv(1, 1, 128, 128, 8),
];

const rapidRlTrunk = [
  conv(24, 24, 96, 3, 11),
  conv(11, 11, 256, 96, 5),
  conv(5, 5, 384, 256, 3) + conv(5, 5, 384, 384, 3) + conv(5, 5, 256, 384, 3),
  2 * (fc(1024, 2048) + fc(2048, 1024) + fc(1024, 1024) + fc(1024, 512)) + fc(512, 25) + fc(512, 1),
];
const rapidRlBranches = [conv(6, 6, 32, 96, 3) + fc(6 * 6 * 32, 25), conv(3, 3, 32, 256, 3) + fc(3 * 3 * 32, 25)];

/** fc6 sees nine of the 512 frequencies and the eight steps that three seconds leave. */
const voxceleb = [
  conv(254, 148, 96, 1, 7),
  conv(62, 36, 256, 96, 5),
  conv(30, 17, 384, 256, 3) + conv(30, 17, 256, 384, 3) + conv(30, 17, 256, 256, 3),
  (8 * 9 * 256 * 4096) / 1e6 + fc(4096, 1024) + fc(1024, 1251),
];

testPublished(published);
testOwnSums([
  ["trailnet", sum(trailnet)],
  ["sosnet", sum(sosnet)],
  ["rapid-rl", sum(rapidRlTrunk) + sum(rapidRlBranches)],
  ["vgg-voxceleb", sum(voxceleb)],
]);
testOrigins(
  [
    "ssd-mobilenetv2",
    "hand-pose-net",
    "ofa-supernet",
    "kws-res8",
    "gnmt",
    "skipnet",
    "trailnet",
    "sosnet",
    "rapid-rl",
    "googlenet",
    "focal-length-depth",
    "vgg-voxceleb",
  ],
  [
    "ssd-mobilenetv2",
    "hand-pose-net",
    "ofa-supernet",
    "gnmt",
    "skipnet",
    "sosnet",
    "rapid-rl",
    "focal-length-depth",
    "vgg-voxceleb",
  ],
);

describe("ofa-supernet", () => {
  const { variants, switchPoints } = modelNamed("ofa-supernet");
  test("has lighter and less accurate sub-networks after the original", () => {
    const sizes = variants.map(mmacsOf);
    const accuracies = variants.map(({ accuracy }) => accuracy!);
    expect(variants).toHaveLength(4);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(accuracies).toEqual([...accuracies].sort((a, b) => b - a));
  });
  test("may be switched before each stage but the first, and before its last layers", () => {
    expect(switchPoints).toHaveLength(6);
    for (const point of switchPoints!) {
      const names = point.map((layer, v) => variants[v]!.layers[layer]!.name);
      expect(new Set(names).size).toBe(1);
      expect(names[0]).toMatch(/^stage[2-6]\[0\][.]first\[0\][.]expand$|^final-expand$/);
    }
  });
});

test("skipnet skips 30 % of its MACs on average, and never its first block", () => {
  const [variant] = modelNamed("skipnet").variants;
  const { layers, skips } = variant!;
  const skipped = skips.map(
    ({ firstLayer, endLayer, probability }) => probability * sum(layers.slice(firstLayer, endLayer).map(macsOf)),
  );
  expect(skips).toHaveLength(3 + 4 + 23 + 3 - 1);
  expect(sum(skipped) / 1e6 / mmacsOf(variant!)).toBeCloseTo(0.3, 3);
  expect(layers[skips[0]!.firstLayer - 1]!.name).toBe("first-gate");
});

test("rapid-rl does 0.25 x the work of its trunk on average", () => {
  const { exits } = modelNamed("rapid-rl").variants[0]!;
  const [first, second] = exits.map(({ probability }) => probability);
  const untilFirst = rapidRlTrunk[0]! + rapidRlBranches[0]!;
  const untilSecond = untilFirst + rapidRlTrunk[1]! + rapidRlBranches[1]!;
  const all = sum(rapidRlTrunk) + sum(rapidRlBranches);
  const mean = first! * untilFirst + (1 - first!) * (second! * untilSecond + (1 - second!) * all);
  expect(exits).toHaveLength(2);
  expect(mean / sum(rapidRlTrunk)).toBeCloseTo(0.25, 2);
});

test("gnmt encodes and decodes tokens one by one, with eight layers each", () => {
  const [variant] = modelNamed("gnmt").variants;
  const [encode, decode] = variant!.loops;
  const cell = (into: number) => fc(into + 1024, 4 * 1024);
  const encodeToken = 2 * cell(1024) + cell(2048) + 6 * cell(1024);
  const attention = fc(1024, 1024) + 2 * fc(1024, 16);
  const decodeToken = 8 * cell(2048) + attention + fc(1024, 32000);
  expect([encode!.layersPerStep, decode!.layersPerStep]).toEqual([9, 13]);
  expect([encode!.stepProbabilities.length, decode!.stepProbabilities.length]).toEqual([40, 40]);
  expect(mmacsOf(variant!)).toBeCloseTo(40 * (encodeToken + decodeToken), 6);
  const meanSteps = encode!.stepProbabilities.reduce((mean, probability, i) => mean + probability * (i + 1), 0);
  expect(meanSteps).toBeCloseTo(16.25, 9); // what its attention is written for
});
