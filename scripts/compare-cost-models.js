// Compares the analytic cost models, maestro and data-centric, over the layer shapes of a CSV with the columns
// type,K,C,Y,X,R,S. Without a file name it takes the MAESTRO artifact's golden rows, if they are next to the repository.
// docs/cost-models.md has the output. Needs dist/: npm run build.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dataflowPresets } from "../dist/core/dataflows.js";
import { convolution } from "../dist/core/layer.js";
import { layerCostModel } from "../dist/cost/layer-cost.js";

const golden = fileURLToPath(new URL("../../shared/reference/maestro-golden.csv", import.meta.url));
const systems = [
  { pes: 4096, nocElementsPerCycle: [256] },
  { pes: 1024, nocElementsPerCycle: [128] },
];

const shapes = distinctShapes(readFileSync(process.argv[2] ?? golden, "utf8"));
const kinds = [
  { name: "1 x 1", includes: (layer) => layer.operator === "dense" && taps(layer) === 1 },
  { name: "3 x 3", includes: (layer) => layer.operator === "dense" && taps(layer) === 9 },
  { name: "other dense", includes: (layer) => layer.operator === "dense" && ![1, 9].includes(taps(layer)) },
  { name: "depthwise", includes: (layer) => layer.operator === "depthwise" },
];

console.log(
  `${shapes.length} distinct shapes; figures are data-centric / maestro: of sums, and the range over shapes.\n`,
);
printRow("dataflow", "PEs", "cycles", "least", "median", "most", "energy");
printRow(...Array(7).fill("---"));
for (const { pes, nocElementsPerCycle } of systems) {
  for (const dataflow of dataflowPresets) {
    const { cycles, energy, sorted } = comparison(shapes, dataflow, pes, nocElementsPerCycle);
    const range = [sorted[0], sorted[sorted.length >> 1], sorted[sorted.length - 1]];
    printRow(dataflow.name, pes, ...[cycles, ...range, energy].map(ratio));
  }
}

console.log("\nCycles by kind of layer, 4096 PEs:\n");
printRow("layers", "shapes", ...dataflowPresets.map((dataflow) => dataflow.name));
printRow(...Array(5).fill("---"));
for (const { name, includes } of kinds) {
  const layers = shapes.filter(includes);
  const cycles = dataflowPresets.map((dataflow) => comparison(layers, dataflow, 4096, [256]).cycles);
  printRow(name, layers.length, ...cycles.map(ratio));
}

function comparison(layers, dataflow, pes, nocElementsPerCycle) {
  const artifact = costsOf("maestro", layers, dataflow, pes, nocElementsPerCycle);
  const corrected = costsOf("data-centric", layers, dataflow, pes, nocElementsPerCycle);
  return {
    cycles: sum(corrected, "cycles") / sum(artifact, "cycles"),
    energy: sum(corrected, "energyPj") / sum(artifact, "energyPj"),
    sorted: layers.map((_, i) => corrected[i].cycles / artifact[i].cycles).sort((a, b) => a - b),
  };
}

function costsOf(kind, layers, dataflow, pes, nocElementsPerCycle) {
  const energy = { macPj: 2.88, l1Pj: 1.584, l2Pj: 17.28 };
  const costs = { kind, dataflow, nocElementsPerCycle, energy, startUp: "off" };
  const costModel = layerCostModel({ id: kind, pes, clockGHz: 1, globalBufferBytes: Infinity, costs });
  return layers.map((layer) => costModel(layer, 1));
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

function taps(layer) {
  return layer.filterRows * layer.filterColumns;
}

function printRow(...cells) {
  console.log(`| ${cells.map((cell) => String(cell).padEnd(11)).join(" | ")} |`);
}
