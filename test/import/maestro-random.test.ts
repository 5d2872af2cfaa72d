/** Random texts: an importer either gives files that load, or problems with places, and nothing else. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { importMaestroWorkload } from "../../src/import/index.ts";
import { InputError } from "../../src/input/input-error.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { propertyRuns } from "../property-runs.ts";
import { dataflowProblems, hardwareProblems, workloadProblems } from "./texts.ts";

const words = [
  "Network",
  "FPS",
  "Probability",
  "Dependency",
  "Layer",
  "Type",
  "CONV",
  "Stride",
  "Dimensions",
  "K",
  "Y'",
];
const others = [
  "Dataflow",
  "TemporalMap",
  "Cluster",
  "P",
  "Accelerator",
  "num_pes",
  "True",
  "1",
  "0.5",
  "a",
  "b-c",
  "//",
];
const soup = fc
  .array(fc.oneof(fc.constantFrom(...words, ...others, "{", "}", "\n", "\r\n"), fc.string({ maxLength: 4 })))
  .map((tokens) => tokens.join(" "));

const standsIn = (text: string) => (problem: Problem) => {
  const line = text.split("\n")[(problem.line ?? 0) - 1];
  return line !== undefined && (problem.column ?? 0) >= 1 && (problem.column ?? 0) <= line.length + 1;
};

test("any text gives problems inside the text", () => {
  fc.assert(
    fc.property(soup, (text) => {
      expect(workloadProblems(text).every(standsIn(text))).toBe(true);
      const ofFile = (file: string) => (problem: Problem) => problem.file === file;
      expect(dataflowProblems(text).filter(ofFile("dataflow.m")).every(standsIn(text))).toBe(true);
      expect(hardwareProblems(text).filter(ofFile("hardware.m")).every(standsIn(text))).toBe(true);
    }),
    propertyRuns(500),
  );
});

const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9_.'#&*!|%@`"[\]?=+~^$\\<é]{1,12}$/),
  fc.constantFrom("true", "null", "1e3"),
);
const size = fc.integer({ min: 1, max: 512 });
const layer = fc
  .record({
    name,
    type: fc.constantFrom("CONV", "DSCONV", "TRCONV", "NGCONV"),
    sizes: fc.tuple(size, size, size, size, size, size),
  })
  .map(({ name, type, sizes: [K, C, Y, X, R, S] }) => {
    return `Layer ${name} { Type: ${type} Dimensions { K ${K} C ${C} Y ${Y} X ${X} R ${R} S ${S} } }`;
  });
const network = fc
  .record({ name, layers: fc.array(layer, { minLength: 1, maxLength: 5 }) })
  .map(({ name, layers }) => `Network ${name} { FPS 30 ${layers.join("\n")} }`);

test("a network and its layers may have any name", () => {
  fc.assert(
    fc.property(network, (text) => {
      const { models } = importMaestroWorkload(text, "workload.m");
      const files = memoryFiles(Object.fromEntries(models.map(({ fileName, text }) => [fileName, text])));
      const loaded = models.map(({ name }) => loadModel(`${name}.yaml`, files));
      const counts = loaded.map((model) => model.variants[0]?.layers.length);
      expect(counts).toEqual([text.split("Layer ").length - 1]);
    }),
    propertyRuns(200),
  );
});

test("a text that is not a workload is no reason for another error", () => {
  expect(() => importMaestroWorkload("Network { } ".repeat(20_000), "workload.m")).toThrow(InputError);
});
