// Compares the analytic cost models, maestro and data-centric, over layer shapes of a CSV with the columns
// type,K,C,Y,X,R,S (default: the golden file of the MAESTRO notes). Needs dist/: npm run build.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dataflowPresets } from "../dist/core/dataflows.js";
import { convolution, macsOf } from "../dist/core/layer.js";
import { layerCostModel } from "../dist/cost/layer-cost.js";

const golden = fileURLToPath(new URL("../../shared/reference/maestro-golden.csv", import.meta.url));
const systems = [
  { pes: 4096, nocElementsPerCycle: [256] },
  { pes: 1024, nocElementsPerCycle: [128] },
];

const shapes = distinctShapes(readFileSync(process.argv[2] ?? golden, "utf8"));
console.log(`${shapes.length} distinct shapes; each figure is data-centric / maestro\n`);
console.log("| dataflow | PEs | cycles, sum | least | median | most | energy, sum | maestro below MACs / PEs |");
console.log("| -------- | --: | ----------: | ----: | -----: | ---: | ----------: | -----------------------: |");
for (const { pes, nocElementsPerCycle } of systems) {
  for (const dataflow of dataflowPresets) console.log(comparison(dataflow, pes, nocElementsPerCycle));
}

function comparison(dataflow, pes, nocElementsPerCycle) {
  const artifact = costsOf("maestro", dataflow, pes, nocElementsPerCycle);
  const corrected = costsOf("data-centric", dataflow, pes, nocElementsPerCycle);
  const ratios = shapes.map((_, i) => corrected[i].cycles / artifact[i].cycles).sort((a, b) => a - b);
  const impossible = shapes.filter((shape, i) => artifact[i].cycles < macsOf(shape) / pes).length;
  const cells = [
    dataflow.name.padEnd(8),
    String(pes).padStart(4),
    ratio(sum(corrected, "cycles") / sum(artifact, "cycles")).padStart(11),
    ratio(ratios[0]).padStart(5),
    ratio(ratios[ratios.length >> 1]).padStart(6),
    ratio(ratios[ratios.length - 1]).padStart(4),
    ratio(sum(corrected, "energyPj") / sum(artifact, "energyPj")).padStart(11),
    `${impossible} of ${shapes.length} shapes`.padStart(24),
  ];
  return `| ${cells.join(" | ")} |`;
}

function costsOf(kind, dataflow, pes, nocElementsPerCycle) {
  const energy = { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 };
  const costs = { kind, dataflow, nocElementsPerCycle, energy, startUp: "off" };
  const costModel = layerCostModel({ id: kind, pes, clockGHz: 1, globalBufferBytes: Infinity, costs });
  return shapes.map((shape) => costModel(shape, 1));
}

function distinctShapes(text) {
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const names = ["type", "K", "C", "Y", "X", "R", "S"];
  const keys = new Set(rows.map((row) => names.map((name) => row[header.indexOf(name)]).join(",")));
  return [...keys].map((key) => layerOf(key.split(",")));
}

function layerOf([type, ...extents]) {
  const [K, C, Y, X, R, S] = extents.map(Number);
  return convolution({
    name: "layer",
    operator: type === "DSCONV" ? "depthwise" : "dense",
    outputChannels: K,
    inputChannels: C,
    outputRows: Math.max(1, Y - R + 1),
    outputColumns: Math.max(1, X - S + 1),
    filterRows: R,
    filterColumns: S,
    sweptRows: Y,
    sweptColumns: X,
  });
}

function sum(costs, name) {
  return costs.reduce((total, cost) => total + cost[name], 0);
}

function ratio(value) {
  return value.toFixed(2);
}
