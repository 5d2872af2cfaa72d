/** XRBench's models against the artifact's layers and MACs (docs/references.md#xrbench-models) or their own. */
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
import type { Model } from "../../src/core/model.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { shippedFile, shippedFiles, shippedText } from "./shipped-files.ts";

/** Layers with MACs, and millions of them. */
export interface Figures {
  readonly layers: number;
  readonly mmacs: number;
}

/** A model that is as close to the artifact as XRBench's table asks: 5 % of the MACs, 15 % of the layers. */
export type CloseModel = readonly [name: string, artifact: Figures];
/** A model that is not: the published network's own figures, worked out apart from the loader; its file says why. */
export type DifferentModel = readonly [name: string, own: Figures, artifact: Figures];

export function testClose(rows: readonly CloseModel[]): void {
  describe.each(rows)("%s", (name, artifact) => {
    test("has the artifact's MACs within 5 %", () => {
      expect(Math.abs(figuresOf(name).mmacs / artifact.mmacs - 1)).toBeLessThanOrEqual(0.05);
    });
    testLayers(name, artifact);
  });
}

export function testDifferent(rows: readonly DifferentModel[]): void {
  describe.each(rows)("%s", (name, own, artifact) => {
    test("has the published network's figures", () => {
      const { layers, mmacs } = figuresOf(name);
      expect(layers).toBe(own.layers);
      expect(mmacs).toBeCloseTo(own.mmacs, 9);
    });
    test("says in its file why it differs, with both figures of MACs", () => {
      const comment = /# Differs:.*\n(#.*\n)*/.exec(shippedText("model", name))?.[0];
      expect(comment).toContain(own.mmacs.toFixed(1));
      expect(comment).toContain(artifact.mmacs.toFixed(1));
    });
  });
}

/** For models whose layer count is close although their MACs are not, too. */
export function testLayers(name: string, artifact: Figures): void {
  test(`${name} has the artifact's number of layers within 15 %`, () => {
    expect(Math.abs(figuresOf(name).layers / artifact.layers - 1)).toBeLessThanOrEqual(0.15);
  });
}

export function testSources(names: readonly string[]): void {
  describe.each(names)("%s", (name) => {
    test("names its source and the accuracy that XRBench requires", () => {
      const { source, accuracy } = loaded(name);
      expect(source).toMatch(/et al\.| and /);
      expect(accuracy?.required).toBeGreaterThan(0);
      expect(accuracy?.measured).toBeGreaterThan(0);
    });
  });
}

const loaded = (name: string): Model => loadModel(shippedFile("model", name), shippedFiles());

function figuresOf(name: string): Figures {
  const macs = loaded(name).variants[0]!.layers.map(macsOf);
  return { layers: macs.filter((count) => count > 0).length, mmacs: macs.reduce((sum, count) => sum + count, 0) / 1e6 };
}
