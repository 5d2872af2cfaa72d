import { expect, test } from "vitest";
import { clusterPes, dataflowPresets, dataflowProblem, rs, ws } from "../../src/core/dataflows.ts";
import { formatDirective, parseDirective } from "../../src/core/directive.ts";
import type { Dataflow, Directive } from "../../src/core/system.ts";

const inline = (...directives: string[]): Dataflow => {
  return { name: "inline", directives: directives.map((text) => parseDirective(text) as Directive) };
};

test("a map is read with size, step and dimension", () => {
  expect(parseDirective("TemporalMap(16,8) C")).toEqual({ kind: "temporal", size: 16, step: 8, dimension: "C" });
  expect(parseDirective(" SpatialMap( 1, 1 ) X' ; ")).toEqual({ kind: "spatial", size: 1, step: 1, dimension: "X'" });
});
test("a cluster may name its kind, which has no effect", () => {
  expect(parseDirective("Cluster(16)")).toEqual({ kind: "cluster", size: 16 });
  expect(parseDirective("Cluster(16, P)")).toEqual({ kind: "cluster", size: 16 });
});
test("anything else is no directive", () => {
  for (const text of ["", "TemporalMap(0,1) C", "TemporalMap(1,0) C", "TemporalMap(1) C", "SpatialMap(1,1) N"]) {
    expect(parseDirective(text)).toBeUndefined();
  }
  for (const text of ["Cluster(0)", "Cluster(4,Q)", "TemporalMap(1,1) K'", "temporalmap(1,1) K", "Cluster(1e3)"]) {
    expect(parseDirective(text)).toBeUndefined();
  }
});
test("a formatted directive reads back as itself", () => {
  for (const directive of dataflowPresets.flatMap((dataflow) => dataflow.directives)) {
    expect(parseDirective(formatDirective(directive))).toEqual(directive);
  }
});
test("the presets have no problem and need 256 and 64 PEs", () => {
  expect(dataflowPresets.map(dataflowProblem)).toEqual([undefined, undefined, undefined]);
  expect([clusterPes(ws), clusterPes(rs)]).toEqual([256, 64]);
});
test("a level needs one or two spatial maps and maps each dimension once", () => {
  expect(dataflowProblem(inline("TemporalMap(1,1) K"))).toBe("needs a SpatialMap before the first Cluster");
  expect(dataflowProblem(inline("SpatialMap(1,1) K", "Cluster(4)"))).toBe("needs a SpatialMap after Cluster 1");
  const three = inline("SpatialMap(1,1) K", "SpatialMap(1,1) C", "SpatialMap(1,1) R");
  expect(dataflowProblem(three)).toBe("has 3 SpatialMaps before the first Cluster; at most 2 are possible");
  expect(dataflowProblem(inline("SpatialMap(1,1) X", "TemporalMap(1,1) X'"))).toBe(
    "maps X twice before the first Cluster",
  );
});
