/** Converts SCALE-Sim's topologies to models, and its configurations to systems. Problems of all files come at once. */
import { ProblemList } from "../../input/problem-list.ts";
import { baseName, distinctNames, fileName, idsOf } from "../ids.ts";
import type { ImportedFile, ImportOptions, ImportResult, ModelTotals, SourceFile, Warn } from "../imported.ts";
import { LeftOuts } from "../left-out.ts";
import { Reporter } from "../reporter.ts";
import { onOneLine, yamlFile } from "../yaml-file.ts";
import { type ArrayConfig, arrayConfig, readSettings, type Settings } from "./config.ts";
import { type ImportedLayer, type LayerOptions, layersOf } from "./layers.ts";
import { systemId, systemYaml } from "./system-yaml.ts";
import { readTopology, type Topology } from "./topology.ts";

export interface ScaleSimOptions extends ImportOptions, Partial<LayerOptions> {
  /** Values of letters that stand for sizes in templates. */
  readonly defined?: ReadonlyMap<string, number>;
  /** What becomes of rows that are no layers (refuse). */
  readonly brokenRows?: "refuse" | "skip";
}

interface Pieces {
  readonly files: ImportedFile[];
  readonly taken: string[];
  readonly totals: ModelTotals[];
  readonly left: LeftOuts;
}

/** Throws an InputError with the problems of all files. */
export function importScaleSim(
  sources: readonly SourceFile[],
  options: ScaleSimOptions = {},
  warn?: Warn,
): ImportResult {
  const problems = new ProblemList();
  const pieces: Pieces = { files: [], taken: [], totals: [], left: new LeftOuts() };
  for (const source of sources) {
    const reporter = new Reporter(source.text, source.file, problems);
    if (isConfiguration(source.text)) addSystem(source, reporter, options, pieces);
    else addModels(source, reporter, options, pieces);
  }
  problems.finish(warn);
  const { files, taken, totals, left } = pieces;
  return { files, report: { taken, left: left.list(), totals } };
}

/** An INI file begins with a section, and then a key; in a topology, `[stem]` is a name and cells follow. */
function isConfiguration(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/^\uFEFF/, "").trim());
  const [first = "", second = ""] = lines.filter((line) => line !== "" && !/^[#;]/.test(line));
  return /^\[[^,;\t|]*$/.test(first) && !/^[^:=]*[,;\t|]/.test(second);
}

function addModels({ text, file }: SourceFile, reporter: Reporter, options: ScaleSimOptions, pieces: Pieces): void {
  const { defined = new Map(), brokenRows = "refuse", lastWindow = "dropped", depthwise = "file" } = options;
  const networks = readTopology(text, file, { defined, brokenRows }, reporter, pieces.left);
  const taken = pieces.files.map(({ name }) => name);
  const titles = networks.map(({ title }) => title ?? baseName(file));
  const names = idsOf(titles, "network", taken);
  for (const [index, network] of networks.entries()) {
    const name = names[index]!;
    const layers = layersOf(network, { lastWindow, depthwise }, file, pieces.left);
    pieces.files.push(modelYaml(network, layers, name, titles[index]!, file, options));
    pieces.totals.push({
      model: name,
      layers: layers.length,
      macs: sum(layers, "macs"),
      weights: sum(layers, "weights"),
    });
    pieces.taken.push(`${layers.length} ${layers.length === 1 ? "layer" : "layers"} of ${name} from ${fileName(file)}`);
  }
}

const sum = (layers: readonly ImportedLayer[], key: "macs" | "weights"): number =>
  layers.reduce((total, layer) => total + layer[key], 0);

function modelYaml(
  topology: Topology,
  layers: readonly ImportedLayer[],
  name: string,
  title: string,
  file: string,
  options: ImportOptions,
): ImportedFile {
  const names = distinctNames(
    topology.rows.map((row, index) => row.name.slice(0, 160) || `layer${index + 1}`),
    ["input"],
  );
  const written = layers.map(({ fields, remark }, index) => onOneLine({ name: names[index], ...fields }, remark));
  const model = { name, title, source: fileName(file), layers: written };
  return yamlFile(model, { schema: "model", sources: [file], format: "SCALE-Sim topology" }, options);
}

function addSystem({ text, file }: SourceFile, reporter: Reporter, options: ImportOptions, pieces: Pieces): void {
  const settings = readSettings(text, reporter);
  const config = arrayConfig(settings, reporter);
  if (config === undefined) return;
  const [name = ""] = distinctNames(
    [systemId(file)],
    pieces.files.map((each) => each.name),
  );
  pieces.files.push(systemYaml(config, name, file, options));
  pieces.taken.push(`a systolic array of ${config.rows} x ${config.columns} PEs from ${fileName(file)}`);
  leaveOut(settings, config, file, pieces.left);
}

const used = new Set([
  "general.run_name",
  "run_presets.interfacebandwidth",
  ...["arrayheight", "arraywidth", "ifmapsramszkb", "filtersramszkb", "ofmapsramszkb", "bandwidth", "dataflow"].map(
    (key) => `architecture_presets.${key}`,
  ),
]);

function leaveOut(settings: Settings, { dataflow, dataflowAt }: ArrayConfig, file: string, left: LeftOuts): void {
  if (dataflow !== "ws")
    left.add(`Dataflow ${dataflow}`, "rtmm's systolic cost model is weight-stationary", file, dataflowAt);
  for (const [name, { key }] of settings) {
    if (used.has(name)) continue;
    const [section] = name.split(".");
    left.add(section === "architecture_presets" ? key.text : `setting of [${section}]`, whyNot(name), file, key);
  }
}

function whyNot(name: string): string {
  if (name.endsWith("offset")) return "rtmm has no addresses";
  if (name.startsWith("sparsity.")) return "rtmm's costs are those of dense weights";
  if (name.startsWith("layout.")) return "rtmm has no banks of SRAM";
  return "it has no counterpart in rtmm";
}
