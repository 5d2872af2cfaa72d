/** What an import of a network tells: operators by what became of them, choices, contradictions. */
import { counted } from "../counted.ts";
import type { ImportReport, LeftOut } from "../imported.ts";
import type { TakenBody, TakenBranch, Walk } from "./graph/step.ts";
import type { Mapping } from "./layers/map-steps.ts";
import type { Tally } from "./layers/tally.ts";
import type { OnnxModel } from "./onnx-model.ts";
import { hasExternalData, parametersOf } from "./parameters.ts";

export interface Reported {
  readonly model: OnnxModel;
  readonly walk: Walk;
  readonly mapping: Mapping;
  readonly name: string;
  readonly file: string;
}

export function reportOf({ model, walk, mapping, name, file }: Reported): ImportReport {
  const { layers, made } = mapping;
  const macs = layers.reduce((sum, { draft }) => sum + draft.macs, 0);
  const weights = layers.reduce((sum, { draft }) => sum + draft.weights, 0);
  return {
    taken: [
      `${counted(layers.length, "layer")} from ${counted(walk.steps.length, "operator")} of ${file} (${aboutOf(model)})`,
      `${counted(made.total, "operator")} as layers: ${made.text()}`,
      ...tallied(mapping.parts, "as parts of normalisations, which are one layer each"),
      ...tallied(mapping.riders, "riding along on other layers"),
      ...tallied(mapping.free, "at no cost, only renaming or moving data"),
      ...tallied(mapping.folded, "computed ahead, from weights and shapes alone"),
      ...parametersText(model, weights),
      ...branchTexts(walk.branches),
    ],
    left: [
      ...leftOperators(mapping, file),
      ...walk.bodies.map((body) => bodyLeft(body, file)),
      ...contradicted(walk, file),
    ],
    totals: [{ model: name, layers: layers.length, macs, weights }],
  };
}

/** Version of ONNX's own operators, and who wrote the file. */
export function aboutOf({ opsets, producer }: OnnxModel): string {
  const own = opsets.get("");
  return `${own === undefined ? "no opset" : `opset ${own}`}${producer === "" ? "" : `, by ${producer}`}`;
}

const tallied = (tally: Tally, what: string): string[] =>
  tally.total === 0 ? [] : [`${counted(tally.total, "operator")} ${what}: ${tally.text()}`];

function parametersText(model: OnnxModel, weights: number): string[] {
  const external = hasExternalData(model) ? ", some in other files, which were not read" : "";
  return [
    `${millions(weights)} M weights in layers; the file has ${millions(parametersOf(model))} M parameters${external}`,
  ];
}

const millions = (n: number): string => (n / 1e6).toPrecision(4);

/** Of branches with equal work it makes no difference which was taken. */
function branchTexts(branches: readonly TakenBranch[]): string[] {
  const known = branches.filter(({ condition }) => condition === "known").length;
  const chosen = branches.filter(({ condition, isEqual }) => condition !== "known" && !isEqual);
  return [
    ...(known === 0 ? [] : [`the branches of ${counted(known, "If")} that shapes and weights decide`]),
    ...chosen.map(({ name, branch, condition }) => `the ${branch} branch of the If "${name}": ${reasons[condition]}`),
  ];
}

const reasons = {
  known: "shapes and weights decide it",
  unknown: "the data decides it, and this one has more work",
  contradiction: "the data decides it, and the other one does not fit the sizes of the inputs",
} as const;

const leftOperators = ({ left }: Mapping, file: string): LeftOut[] =>
  left.map(({ op, count, why, name }) => ({ what: op, count, why: `${why}, first "${name}"`, first: { file } }));

function bodyLeft({ name, op, times }: TakenBody, file: string): LeftOut {
  const rounds = times === undefined ? "all rounds but one, whose number the data decides" : `${times - 1} more rounds`;
  return { what: `body of the ${op} "${name}"`, count: 1, why: `taken once, without ${rounds}`, first: { file } };
}

function contradicted({ contradictions }: Walk, file: string): LeftOut[] {
  const [first] = contradictions;
  if (first === undefined) return [];
  const why = `its operators leave another: "${first.value}" is stated as ${first.stated}, but is ${first.found}`;
  return [{ what: "stated shape", count: contradictions.length, why, first: { file } }];
}
