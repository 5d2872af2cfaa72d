/** Holds shipped models to figures that their papers publish, and to sums written out apart from the loader. */
import { describe, expect, test } from "vitest";
import { macsOf } from "../../src/core/layer.ts";
import type { Model, Variant } from "../../src/core/model.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { shippedFile, shippedFiles, shippedText } from "./shipped-files.ts";

export interface Published {
  readonly model: string;
  /** Of a supernet; left out: the original. */
  readonly variant?: string;
  /** Millions. */
  readonly mmacs?: number;
  readonly mparameters?: number;
  /** Largest relative difference; papers round. */
  readonly within: number;
  readonly source: string;
}

export const modelNamed = (name: string): Model => loadModel(shippedFile("model", name), shippedFiles());

/** Millions, over all layers: of every length the longest, nothing skipped, no exit taken. */
export const mmacsOf = ({ layers }: Variant): number => layers.reduce((sum, layer) => sum + macsOf(layer), 0) / 1e6;

/** Millions; for networks without recurrence, whose steps would share their weights. */
const mparametersOf = ({ layers }: Variant): number =>
  layers.reduce((sum, layer) => sum + (layer.kind === "convolution" ? layer.weightElements : 0), 0) / 1e6;

export function testPublished(rows: readonly Published[]): void {
  describe.each(rows)("$model $variant", ({ model, variant, mmacs, mparameters, within, source }) => {
    const found = () => {
      const { variants } = modelNamed(model);
      return variant === undefined ? variants[0]! : variants.find(({ name }) => name === variant)!;
    };
    if (mmacs !== undefined)
      test(`has ${mmacs} million MACs within ${100 * within} % (${source})`, () => {
        expect(Math.abs(mmacsOf(found()) / mmacs - 1)).toBeLessThanOrEqual(within);
      });
    if (mparameters !== undefined)
      test(`has ${mparameters} million parameters within ${100 * within} % (${source})`, () => {
        expect(Math.abs(mparametersOf(found()) / mparameters - 1)).toBeLessThanOrEqual(within);
      });
  });
}

/** Name and millions of MACs, worked out layer by layer from the source that the file names. */
export function testOwnSums(rows: readonly (readonly [name: string, mmacs: number])[]): void {
  test.each(rows)("%s has the MACs of its layers as its source writes them", (name, mmacs) => {
    expect(mmacsOf(modelNamed(name).variants[0]!)).toBeCloseTo(mmacs, 9);
  });
}

/** A source with authors and year; and what could not be verified is said in the file. */
export function testOrigins(names: readonly string[], unverified: readonly string[]): void {
  test.each(names)("%s names its source and who uses it", (name) => {
    expect(modelNamed(name).source).toMatch(/(et al\.|and )[\s\S]*\b(19|20)\d\d/);
    expect(modelNamed(name).source).toMatch(/DREAM \(ASPLOS 2023\)|PREMA \(HPCA\s+2020\)/);
  });
  test.each(unverified)("%s says what could not be verified", (name) => {
    expect(shippedText("model", name)).toMatch(/^# .*Unverified: /m);
  });
}

/** MACs of a convolution, in millions. */
export const conv = (rows: number, columns: number, out: number, into: number, kernel: number): number =>
  (rows * columns * out * into * kernel * kernel) / 1e6;

export const fc = (into: number, out: number): number => (into * out) / 1e6;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
