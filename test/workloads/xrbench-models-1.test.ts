/** XRBench's hand, eye, gaze, keyword, speech and action models against the artifact's figures (xrbench.md, section 1). */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import type { Resolver } from "../../src/scenario/resolver.ts";

const models = join(import.meta.dirname, "../../workloads/models");
const fileOf = (name: string): string => join(models, `${name}.yaml`);

const resolver: Resolver = {
  status: (path) => (existsSync(path) ? { kind: "file", bytes: statSync(path).size } : { kind: "missing" }),
  read: (path) => readFileSync(path),
  resolve: () => undefined,
  locate: (path, fromFile) => join(dirname(fromFile), path),
  names: () => [],
};

/** Layers with MACs, and millions of them. */
interface Figures {
  readonly layers: number;
  readonly mmacs: number;
}

function figuresOf(name: string): Figures {
  const macs = loadModel(fileOf(name), resolver).variants[0]!.layers.map(macsOf);
  return { layers: macs.filter((count) => count > 0).length, mmacs: macs.reduce((sum, count) => sum + count, 0) / 1e6 };
}

const close: readonly (readonly [name: string, artifact: Figures])[] = [["ritnet", { layers: 42, mmacs: 1040.1 }]];

describe.each(close)("%s", (name, artifact) => {
  test("has the artifact's MACs within 5 %", () => {
    expect(Math.abs(figuresOf(name).mmacs / artifact.mmacs - 1)).toBeLessThanOrEqual(0.05);
  });
  test("has the artifact's number of layers within 15 %", () => {
    expect(Math.abs(figuresOf(name).layers / artifact.layers - 1)).toBeLessThanOrEqual(0.15);
  });
});

/** The published network's own figures, worked out apart from the loader; the files say why they are not the artifact's. */
const different: readonly (readonly [name: string, own: Figures, artifact: Figures])[] = [
  ["hand-graph-cnn", { layers: 224, mmacs: 4072.630272 }, { layers: 224, mmacs: 3724.5 }],
  ["fbnet-c", { layers: 63, mmacs: 139.97776 }, { layers: 63, mmacs: 2158.3 }],
  ["res8-narrow", { layers: 8, mmacs: 6.752676 }, { layers: 8, mmacs: 5.3 }],
  ["emformer-em24l", { layers: 168, mmacs: 10066.3296 }, { layers: 120, mmacs: 9663.7 }],
  ["ed-tcn", { layers: 5, mmacs: 354.910976 }, { layers: 4, mmacs: 354.5 }],
];

describe.each(different)("%s", (name, own, artifact) => {
  test("has the published network's figures", () => {
    const { layers, mmacs } = figuresOf(name);
    expect(layers).toBe(own.layers);
    expect(mmacs).toBeCloseTo(own.mmacs, 9);
  });
  test("says in its file why it differs, with both figures of MACs", () => {
    const comment = /# Differs:.*\n(#.*\n)*/.exec(readFileSync(fileOf(name), "utf8"))?.[0];
    expect(comment).toContain(own.mmacs.toFixed(1));
    expect(comment).toContain(artifact.mmacs.toFixed(1));
  });
});

describe.each([...close, ...different].map(([name]) => name))("%s", (name) => {
  test("names its source and the accuracy that XRBench requires", () => {
    const { source, accuracy } = loadModel(fileOf(name), resolver);
    expect(source).toMatch(/et al\.|and Lin/);
    expect(accuracy?.required).toBeGreaterThan(0);
    expect(accuracy?.measured).toBeGreaterThan(0);
  });
});
