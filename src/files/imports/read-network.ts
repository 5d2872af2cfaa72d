/** Reads the network that a profile is joined to, and the map of its layers' names. */
import { relative, sep } from "node:path";
import type { Network } from "../../import/index.ts";
import { parseCsv } from "../../input/csv-table.ts";
import { readText } from "../../input/file-source.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { loadModel } from "../../scenario/load-model.ts";
import type { Library } from "../library.ts";

interface NetworkOptions {
  /** Where the scenario will be. */
  readonly out?: string;
  /** A CSV with the columns profile and layer. */
  readonly map?: string;
}

/** Throws RequestError for a network without layers, InputError for problems of the files. */
export function readNetwork(
  name: string,
  { out, map }: NetworkOptions,
  library: Library,
): { readonly network: Network; readonly map: ReadonlyMap<string, string | undefined> | undefined } {
  const path = library.find("model", name);
  const model = loadModel(path, library);
  const [variant] = model.variants;
  if (variant!.layers.length === 0)
    throw new RequestError(`${model.name} has no layers of its own (layers: measured), so nothing can be joined to it`);
  if (model.variants.length > 1)
    throw new RequestError(`${model.name} has several variants; a profile is of one network`);
  return {
    network: {
      name: model.name,
      path: pathFrom(out, path, name, library),
      layerNames: variant!.layers.map((layer) => layer.name),
    },
    map: map === undefined ? undefined : readMap(map, library),
  };
}

/** Built-in models keep their names; files are found from the folder of the scenario. */
function pathFrom(out: string | undefined, path: string, name: string, library: Library): string {
  if (library.origin(path).from === "built-in") return name;
  const fromFolder = relative(library.absolute(out ?? "."), library.absolute(path))
    .split(sep)
    .join("/");
  return fromFolder.startsWith(".") ? fromFolder : `./${fromFolder}`;
}

function readMap(path: string, library: Library): ReadonlyMap<string, string | undefined> {
  const problems = new ProblemList();
  const file = library.fileAt(path);
  const text = readText(file, library, problems, undefined, "csv");
  const columns = { required: ["profile", "layer"], optional: [], others: "ignored" } as const;
  const table = text === undefined ? undefined : parseCsv(file, text, columns, problems);
  const map = new Map<string, string | undefined>();
  for (const row of table?.rows ?? []) {
    const from = row.text("profile");
    if (from === undefined) row.problem("profile", "MISSING_KEY", "this row names no layer of the profile");
    else if (map.has(from)) row.problem("profile", "DUPLICATE_ID", `${from} is already mapped above`);
    else map.set(from, row.text("layer"));
  }
  problems.finish(library.warn.bind(library));
  return map;
}
