/** Converts problems of Timeloop to models, and what Timeloop computed for them to a system with their costs. */
import { sum } from "../../core/sum.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { counted } from "../counted.ts";
import { baseName, distinctNames, fileName, idsOf } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, ModelTotals, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import type { MeasuredModel } from "../measured.ts";
import { measuredFiles } from "../measured-files.ts";
import { type Rates, rateOfEach } from "../rates.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { layerOf, type TimeloopLayer } from "./layer.ts";
import { readProblem, type TimeloopProblem } from "./problem.ts";
import { isTimeloopStats, readStats, type TimeloopStats } from "./stats.ts";

export interface TimeloopOptions extends ImportOptions {
  /** Of the cycles of statistics. */
  readonly clockGHz?: number;
  readonly rates?: Rates;
  /** What the network is called; left out: as the folder of its problems. */
  readonly model?: string;
  /** What the scenario is called; the system is `<name>-system`. */
  readonly name?: string;
}

const format = "Timeloop";

/**
 * Problems of one folder are the layers of one network. Throws InputError with the problems of all files, RequestError if
 * they do not fit together.
 */
export function importTimeloop(
  sources: readonly SourceFile[],
  options: TimeloopOptions = {},
  warn?: Warn,
): ImportResult {
  const problems = new ProblemList();
  const left = new LeftOuts();
  const layers = sources.filter(({ text }) => !isTimeloopStats(text));
  const networks = networksOf(
    layers.flatMap((source) => readProblem(source, problems, left) ?? []),
    options,
  );
  const results = sources.filter(({ text }) => isTimeloopStats(text));
  const stats = byNumber(results.flatMap((source) => readStats(source, problems) ?? []));
  problems.finish();
  const costs = stats.length === 0 ? undefined : costsOf(stats, networks, options, problems);
  problems.finish(warn);
  const files = networks.map((network) => modelFile(network, left, options));
  const known = networks.map(totalsOf);
  return {
    files: [...files, ...(costs?.files ?? [])],
    report: {
      taken: [...networks.map(takenText), ...(costs?.taken ?? [])],
      left: left.list(),
      totals: networks.length === 0 ? (costs?.totals ?? []) : known,
    },
  };
}

interface Network {
  readonly name: string;
  readonly title: string;
  readonly problems: readonly TimeloopProblem[];
  readonly layers: readonly TimeloopLayer[];
  readonly layerNames: readonly string[];
}

function networksOf(problems: readonly TimeloopProblem[], { model }: TimeloopOptions): readonly Network[] {
  const byTitle = new Map<string, TimeloopProblem[]>();
  for (const problem of problems) {
    const title = model ?? folderOf(problem.file) ?? baseName(problem.file);
    byTitle.set(title, [...(byTitle.get(title) ?? []), problem]);
  }
  const names = idsOf([...byTitle.keys()], "network");
  return [...byTitle].map(([title, own], i) => {
    const sorted = byNumber(own);
    const layerNames = distinctNames(
      sorted.map(({ file }) => baseName(file)),
      ["input"],
    );
    return { title, name: names[i]!, problems: sorted, layers: sorted.map(layerOf), layerNames };
  });
}

const folderOf = (file: string): string | undefined => /([^/\\]+)[/\\][^/\\]*$/.exec(file)?.[1];

/** Shells put `layer10` before `layer2`. Files whose names differ in more than their numbers keep their order. */
function byNumber<Item extends { readonly file: string }>(items: readonly Item[]): readonly Item[] {
  const words = new Set(items.map(({ file }) => file.replace(/\d+/g, "#")));
  return words.size > 1 ? items : items.toSorted((a, b) => compareNumbers(numbersIn(a.file), numbersIn(b.file)));
}

const numbersIn = (file: string): readonly number[] => (file.match(/\d+/g) ?? []).map(Number);

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

function modelFile(
  { name, title, problems, layers, layerNames }: Network,
  left: LeftOuts,
  options: ImportOptions,
): ImportedFile {
  const written = layers.map(({ fields, isDilated }, i) => {
    const dilation = "the sizes of a layer have none; its multiply-accumulates and weights are right";
    if (isDilated) left.add("dilation", dilation, problems[i]!.file);
    return onOneLine({ name: layerNames[i], ...fields }, isDilated ? "dilated in the file" : undefined);
  });
  const files = problems.map(({ file }) => file);
  const isDefault = problems.some(({ includesOther }) => includesOther);
  const remarks = isDefault ? ["Problems that include another file have the shape of a convolution."] : [];
  const source = files.length === 1 ? fileName(files[0]!) : `${counted(files.length, "problem")} of ${title}`;
  const model = { name, title, source, layers: written };
  return yamlFile(model, { schema: "model", sources: [files[0]!], format: "Timeloop problem", remarks }, options);
}

const totalsOf = ({ name, layers }: Network): ModelTotals => ({
  model: name,
  layers: layers.length,
  macs: sum(layers.map(({ macs }) => macs)),
  weights: sum(layers.map(({ weights }) => weights)),
});

const takenText = ({ name, layers, title }: Network): string =>
  `${counted(layers.length, "layer")} of ${name} from ${counted(layers.length, "problem")} of ${title}`;

interface Costs {
  readonly files: readonly ImportedFile[];
  readonly taken: readonly string[];
  readonly totals: readonly ModelTotals[];
}

/** Rows for the layers of the network, or for layers of their own if only results are there. */
function costsOf(
  stats: readonly TimeloopStats[],
  networks: readonly Network[],
  options: TimeloopOptions,
  problems: ProblemList,
): Costs {
  const { clockGHz, rates, name = "timeloop", model } = options;
  if (clockGHz === undefined)
    throw new RequestError(`${stats[0]!.file} has cycles; say how long one is: --clock-ghz <GHz>`);
  const [network, ...others] = networks;
  if (others.length > 0)
    throw new RequestError(
      "results are of one network; import its problems and results alone, or name it with --model",
    );
  if (network !== undefined) checkFit(network, stats, problems);
  const names = network?.layerNames ?? distinctNames(stats.map(({ file }) => layerNameOf(file)));
  const title = network?.title ?? model ?? "network";
  const measured: MeasuredModel = {
    title,
    sources: stats.map(({ file }) => file),
    remarks: [],
    rows: stats.map(({ cycles, energyPj }, i) => ({
      ...{ accelerator: "accelerator", layer: names[i]!, energyPj },
      time: { meanNs: cycles / clockGHz },
    })),
    ...(network === undefined ? {} : { network: { name: network.name, path: network.name } }),
  };
  const fps = rates && (rateOfEach(rates, [[title, network?.name ?? title]])[0] ?? rates.fallback);
  const { files, totals } = measuredFiles(
    {
      models: [measured],
      tasks: fps === undefined ? [] : [{ modelIndex: 0, fps }],
      ...{ systemTitle: `${name}-system`, scenarioTitle: name, sources: [stats[0]!.file], format },
    },
    options,
  );
  const cycles = sum(stats.map((each) => each.cycles));
  const energyMj = sum(stats.map(({ energyPj }) => energyPj)) / 1e9;
  const taken = `results of ${counted(stats.length, "layer")}: ${cycles} cycles, ${Number(energyMj.toPrecision(4))} mJ`;
  return { files, taken: [taken], totals };
}

/** `AlexNet_layer1/timeloop-mapper.stats.txt` is of `AlexNet_layer1`. */
const layerNameOf = (file: string): string =>
  /^timeloop-\w+\.stats\.txt$/.test(fileName(file))
    ? (folderOf(file) ?? baseName(file))
    : fileName(file).replace(/\.stats\.txt$|\.txt$/, "");

/** The i-th result is of the i-th problem: both count the same multiply-accumulates. */
function checkFit({ layers, layerNames }: Network, stats: readonly TimeloopStats[], problems: ProblemList): void {
  if (layers.length !== stats.length)
    throw new RequestError(
      `there are ${counted(layers.length, "problem")} and ${counted(stats.length, "result")}; give one result for each problem, in the same order`,
    );
  for (const [i, { computes, file, at }] of stats.entries()) {
    const { macs } = layers[i]!;
    const message = `${computes} computes, but the problem ${layerNames[i]} has ${macs}; give results in the order of the problems`;
    if (macs !== computes)
      problems.add({
        code: "WRONG_LENGTH",
        message,
        severity: "error",
        file,
        line: at.line,
        column: at.column,
        frame: "",
      });
  }
}
