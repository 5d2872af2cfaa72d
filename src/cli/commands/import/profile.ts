/** `rtmm import profile`: times that profilers measured. */
import type { Command } from "commander";
import { readNetwork } from "../../../files/imports/read-network.ts";
import { readSources } from "../../../files/imports/read-sources.ts";
import type { Library } from "../../../files/library.ts";
import { type Assignment, importProfile, type ProfileOptions } from "../../../import/index.ts";
import { RequestError } from "../../../input/request-error.ts";
import type { Invocation } from "../../command.ts";
import { declareImportOptions, type ImportCommandOptions } from "../../options/import-options.ts";
import { declareRates, nameFrom, type RatesOptions, ratesFrom } from "../../options/rates-option.ts";
import { collected, listed, positive, wholeNumber } from "../../options/run-options.ts";
import { type ImportContext, importCommand } from "../../run-import.ts";

interface Options extends ImportCommandOptions, RatesOptions {
  readonly accelerator?: readonly string[];
  readonly model?: readonly string[];
  readonly columns?: readonly string[];
  readonly repeats?: string;
  readonly warmup?: number;
  readonly clockGhz?: number;
  readonly whole?: true;
  readonly join?: string;
  readonly by?: string;
  readonly map?: string;
  readonly fused?: true;
}

const MOST_WARMUP = 1_000_000;
const FASTEST_CLOCK_GHZ = 1000;

export const command = importCommand<Options>({
  examples: [
    {
      command: "rtmm import profile kws.txt --fps 30 -o phone",
      meaning: "a model, its costs and a scenario at 30 fps",
    },
    {
      command: "rtmm import profile --model kws -a cpu=kws-cpu.txt -a npu=kws-npu.json --fps 30 -o phone",
      meaning: "one model, measured on two accelerators",
    },
    {
      command: 'rtmm import profile times.csv --columns "layer=Op,latencyUs=Time (us)" -o phone',
      meaning: "any CSV, its columns mapped",
    },
    {
      command: "rtmm import profile resnet.json --join resnet.yaml -o gpu",
      meaning: "costs for the layers of a network that is a model already",
    },
  ],
  declare,
  convert: converted,
});

function declare(declaration: Command): void {
  const files = declaration
    .argument("[files...]", "profiles; files that -a or -m names need not be repeated here")
    .option("-a, --accelerator <id[=file,…]>", "what these files, or all, were measured on; may be repeated", collected)
    .option("-m, --model <name[=file,…]>", "what these files, or all, are profiles of; may be repeated", collected)
    .option("--columns <meaning=column,…>", "what the columns of a CSV mean", listed)
    .option("--repeats <runs|layers>", "what names that repeat in a CSV are (default: layers)")
    .option("--warmup <n>", "leave out the first runs of each file (default: 0)", wholeNumber(0, MOST_WARMUP))
    .option("--clock-ghz <GHz>", "clock of the cycles that a file has", positive(FASTEST_CLOCK_GHZ))
    .option("--whole", "write the model as one piece, without layers")
    .option("--join <model>", "model whose layers were measured")
    .option("--by <name|order>", "how layers are joined (default: by name if any is equal)")
    .option("--map <file>", "CSV with the columns profile and layer: names that differ")
    .option("--fused", "layers of the network that the profile does not name cost 0");
  declareImportOptions(declareRates(files));
}

function converted({ args, options }: Invocation<Options>, { library, options: common, warn }: ImportContext) {
  const positional = args.map((path) => library.fileAt(path));
  // A name alone may mean a file that an argument gives with its folder.
  const fileOf = (path: string) => positional.find((file) => file.endsWith(`/${path}`)) ?? library.fileAt(path);
  const accelerators = assignmentsOf(options.accelerator, fileOf);
  const models = assignmentsOf(options.model, fileOf);
  const files = [...new Set([...positional, ...[...accelerators, ...models].flatMap((each) => each.files ?? [])])];
  if (files.length === 0) throw new RequestError("name a profile to import");
  return importProfile(
    readSources(files, library, "profile"),
    {
      ...common,
      ...ratesFrom(options),
      ...nameFrom(options),
      ...readOptions(options),
      ...joinOptions(options, library),
      accelerators,
      models,
      layersWanted: options.whole === true ? "none" : "as measured",
    },
    warn,
  );
}

const readOptions = ({ columns, warmup, repeats, clockGhz }: Options): ProfileOptions => ({
  ...(columns === undefined ? {} : { columns: new Map(columns.map(columnOf)) }),
  ...(warmup === undefined ? {} : { warmup }),
  ...(clockGhz === undefined ? {} : { clockGHz: clockGhz }),
  ...(repeats === undefined ? {} : { repeats: oneOf(repeats, ["runs", "layers"], "--repeats") }),
});

function joinOptions(options: Options, library: Library): ProfileOptions {
  const { join, by, fused } = options;
  if (join === undefined) return {};
  const { network, map } = readNetwork(join, options, library);
  return {
    network,
    join: {
      ...(map === undefined ? {} : { map }),
      ...(by === undefined ? {} : { by: oneOf(by, ["name", "order"], "--by") }),
      ...(fused === true ? { fused } : {}),
    },
  };
}

/** `npu=a.txt,b.txt`, or `npu` for all files. */
function assignmentsOf(texts: readonly string[] = [], fileOf: (path: string) => string): readonly Assignment[] {
  return texts.map((text) => {
    const split = text.indexOf("=");
    if (split < 0) return { name: text };
    const paths = text.slice(split + 1).split(",");
    return { name: text.slice(0, split), files: paths.filter((path) => path !== "").map(fileOf) };
  });
}

function columnOf(text: string): readonly [string, string] {
  const split = text.indexOf("=");
  if (split > 0 && split < text.length - 1) return [text.slice(0, split).trim(), text.slice(split + 1).trim()];
  throw new RequestError(`--columns takes meaning=column, got ${JSON.stringify(text)}`);
}

function oneOf<Word extends string>(text: string, words: readonly Word[], option: string): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new RequestError(`${option} is ${words.join(" or ")}, got ${JSON.stringify(text)}`);
  return word;
}
