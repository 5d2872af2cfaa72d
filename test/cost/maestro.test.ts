import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusterPes, dataflowPresets, os, rs, ws } from "../../src/core/dataflows.ts";
import type { Dataflow } from "../../src/core/system.ts";
import { dimension, levelsOf } from "../../src/cost/dataflow.ts";
import { type MaestroLayer, maestroCostModel } from "../../src/cost/maestro.ts";
import { propertyRuns } from "../property-runs.ts";
import { literalMaestro } from "./literal-maestro.ts";
import { maestroCost, maestroEnergy } from "./one-layer.ts";
import { anyDataflows, maestroLayers } from "./random-layers.ts";
import { inlineDataflow } from "./worlds.ts";

const conv = (K: number, C: number, Y: number, X: number, R: number, S: number): MaestroLayer => {
  return { type: "CONV", K, C, Y, X, R, S };
};
const figures = (layer: MaestroLayer, dataflow: Dataflow) => {
  const { cycles, energyNj, macs, l2Elements } = maestroCost(layer, dataflow, 4096, [256]);
  return { cycles, energyNj: energyNj.toFixed(6), macs, l2Elements };
};

describe("worked examples (docs/references.md#maestro-worked-example)", () => {
  const layer = conv(32, 32, 40, 25, 3, 3);

  test("ws takes 10944 cycles", () => {
    expect(figures(layer, ws)).toEqual({
      cycles: 10944,
      energyNj: "208509.822720",
      macs: 32_219_136,
      l2Elements: 7168,
    });
  });
  test("os takes 13824 cycles", () => {
    expect(figures(layer, os)).toEqual({
      cycles: 13824,
      energyNj: "148886.083584",
      macs: 18_210_816,
      l2Elements: 9492,
    });
  });
  test("rs takes 29184 cycles", () => {
    expect(figures(layer, rs)).toEqual({
      cycles: 29184,
      energyNj: "129603.465216",
      macs: 16_809_984,
      l2Elements: 2980,
    });
  });
  test("moved elements are loads plus finished outputs", () => {
    expect(maestroCost(layer, ws, 4096, [256]).movedElements).toBe(144_704 + 9216 + 32 * 38 * 23);
  });
  test("an input smaller than the filter costs what it costs the artifact (Q2, Q3)", () => {
    const degenerate = conv(1024, 320, 2, 2, 4, 4);
    expect(figures(degenerate, ws)).toMatchObject({ cycles: 20_499, energyNj: "237900.699648" });
    expect(figures(degenerate, os)).toMatchObject({ cycles: 327_680, energyNj: "287275.253760" });
    expect(figures(degenerate, rs)).toMatchObject({ cycles: 20_559, energyNj: "221654.882304" });
  });
});

describe("levels", () => {
  const names = Object.keys(dimension);
  const text = (dataflow: Dataflow) =>
    levelsOf(dataflow, 4096, (loop) => loop)!.map(({ units, loops }) => {
      const loop = loops.map((l) => `${names[l.dimension]}${l.isSpatial ? "*" : ""}:${l.size}/${l.step}`);
      return `${units} ${loop.join(" ")}`.replaceAll("Infinity/Infinity", "all");
    });

  test("inherited loops come in front in reverse order, whole dimensions at the end", () => {
    expect(text(os)).toEqual([
      "64 K:1/1 Y*:1/1 X:4/4 C:16/16 R:all S:all",
      "4 S:all R:all C:16/16 Y:1/1 K:1/1 X*:1/1",
      "16 X:1/1 K:1/1 Y:1/1 R:all S:all C*:1/1",
    ]);
  });
  test("there are none where the PEs do not make one cluster", () => {
    expect(levelsOf(ws, 255, (loop) => loop)).toBeUndefined();
    expect(maestroCostModel(ws, 255, [256], maestroEnergy)).toBeUndefined();
  });
});

test("the innermost level reads the first bandwidth and a short list repeats its last (Q10)", () => {
  const layer = conv(64, 64, 34, 34, 3, 3);
  const flat = inlineDataflow("SpatialMap(1,1) K", "TemporalMap(1,1) Y'", "Cluster(64)", "SpatialMap(1,1) C");
  const cycles = (...bandwidth: number[]) => maestroCost(layer, flat, 4096, bandwidth).cycles;
  expect(cycles(256, 8)).toBeGreaterThan(cycles(256, 256));
  expect(cycles(256, 8)).toBe(literalMaestro(layer, flat, 4096, [256, 8]).cycles);
  expect(cycles(8, 8, 256)).toBe(cycles(8));
});

test("access energies other than the artifact's scale their own terms", () => {
  const layer = conv(32, 32, 40, 25, 3, 3);
  const energyNj = (macPj: number, l1Pj: number, l2Pj: number) =>
    maestroCostModel(ws, 4096, [256], { macPj, l1Pj, l2Pj })!(layer).energyNj;
  expect(energyNj(1000, 0, 0)).toBe(32_219_136);
  expect(energyNj(0, 1000, 0)).toBe(70_620_880);
  expect(energyNj(0, 0, 1000)).toBe(223_104);
});

test("any layer on any mapping costs what docs/references.md says, read literally", () => {
  const bandwidths = fc.array(fc.constantFrom(1, 8, 100, 256), { minLength: 1, maxLength: 4 });
  const dataflows = fc.oneof(anyDataflows, fc.constantFrom(...dataflowPresets));
  const clusters = fc.constantFrom(1, 3, 16, 64);
  fc.assert(
    fc.property(maestroLayers, dataflows, clusters, bandwidths, (layer, dataflow, count, noc) => {
      const pes = clusterPes(dataflow) * count;
      const { cycles, energyNj, macs, l2Elements } = maestroCost(layer, dataflow, pes, noc);
      const literal = literalMaestro(layer, dataflow, pes, noc);
      expect({ cycles, macs, l2Elements }).toEqual({
        cycles: literal.cycles,
        macs: literal.macs,
        l2Elements: literal.l2Elements,
      });
      expect(energyNj).toBeCloseTo(literal.energyNj, 6);
    }),
    propertyRuns(1000),
  );
});
