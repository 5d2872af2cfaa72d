/** `rtmm plot`: draws a figure of a run, a comparison, a sweep or another record. */
import type { Command } from "commander";
import type { Figure } from "../../figures/figure.ts";
import type { Library } from "../../files/library.ts";
import { OutputFile } from "../../files/output-file.ts";
import { RequestError } from "../../input/request-error.ts";
import { wrapped } from "../../output/lines.ts";
import { MOST_COLUMNS } from "../../output/text-table.ts";
import { LONGEST_MS, mergedSettings } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { type DrawnInput, type DrawnSettings, readDrawn } from "../../studies/plot/drawn.ts";
import {
  dataEndings,
  dataWriter,
  pictureEndings,
  pictureWriter,
  type Writer,
} from "../../studies/plot/figure-files.ts";
import { figureNamed, figuresIn } from "../../studies/plot/figure-named.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { canvasOf, declareLook, type LookOptions } from "../options/look-options.ts";
import {
  declareRunOptions,
  listed,
  notNegative,
  positive,
  type RunOptions,
  settingsFromOptions,
} from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";

interface Options extends RunOptions, VariationOptions, LookOptions {
  readonly out?: string;
  readonly data?: string;
  readonly list?: true;
  readonly metric?: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm plot --list ar-gaming", meaning: "name the figures that there are of a run" },
    { command: "rtmm plot timeline ar-gaming -s dream -o fig.svg", meaning: "run a scenario and draw its timeline" },
    {
      command: "rtmm plot latency out/result.json -o fig.pdf --preset ieee-column",
      meaning: "a stored run, for a column of a paper",
    },
    {
      command: "rtmm plot ratio-uxCost compare.json -o fig.png --theme dark",
      meaning: "a comparison of rtmm compare -f json",
    },
    {
      command: "rtmm plot curve-uxCost-rateScale study-sweep -o fig.pdf --data fig.dat",
      meaning: "a sweep's folder; its numbers for pgfplots, too",
    },
    {
      command: "rtmm plot adversary results/adversary/all -o losses.pdf",
      meaning: "the matrix of rtmm adversary --all",
    },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument("<figure>", "name of the figure; with --list, what it is made of")
    .argument(
      "[input]",
      "a scenario to run, a sweep's folder, or JSON of run, compare, sweep, check, capacity, tune, reproduce or adversary --all",
    )
    .option("-o, --out <file>", `the picture (${pictureEndings.join(", ")}); - prints SVG`)
    .option("--data <file>", `the numbers of the figure (${dataEndings.join(", ")}); - prints CSV`)
    .option("--list", "name the figures that there are, with what they say")
    .option("-m, --metric <name,…>", "metrics of a sweep's folder (default: the usual ones)", listed)
    .option("--from-ms <ms>", "start of a timeline (default: near the first miss)", notNegative(LONGEST_MS))
    .option("--to-ms <ms>", "end of a timeline (default: a few jobs later)", positive(LONGEST_MS));
  declareVariation(declareRunOptions(declareLook(common)));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, args } = invocation;
  const library = openLibrary(invocation);
  if (options.list === true) return list(invocation, library);
  const [name, input] = args as readonly [string, string | undefined];
  if (input === undefined)
    throw new RequestError(
      `name what ${name} is drawn of, as in \`rtmm plot ${name} vr-gaming\`; --list names the figures`,
    );
  refuseWindowOf(name, options);
  const targets = await targetsOf(options, library);
  try {
    const read = await readFigures(input, invocation, library);
    const figure = figureNamed(name, read.figures);
    for (const target of targets) await target.write(figure, invocation);
    if (figure.absence !== undefined) invocation.note(`note: ${figure.absence}`);
    return exitCode.ok;
  } finally {
    for (const target of targets) target.abandon();
  }
}

/** Only a timeline has one; what other figures show is of the whole run. */
function refuseWindowOf(name: string, { fromMs, toMs }: Options): void {
  if (name === timelineId || (fromMs === undefined && toMs === undefined)) return;
  throw new RequestError(
    `${fromMs === undefined ? "--to-ms" : "--from-ms"} is for the figure ${timelineId}, not ${name}`,
  );
}

const timelineId = "timeline";

async function list(invocation: Invocation<Options>, library: Library): Promise<ExitCode> {
  const { args, print } = invocation;
  if (args.length > 1 && args[1] !== undefined)
    throw new RequestError("--list takes only what the figures are made of");
  const { figures } = await readFigures(args[0]!, invocation, library);
  for (const { id, summary } of figures) print(`${id}\n${indented(summary)}`);
  return exitCode.ok;
}

const INDENT = "    ";
const indented = (text: string): string => wrapped(text, "", MOST_COLUMNS - INDENT.length).replaceAll(/^/gm, INDENT);

async function readFigures(
  input: string,
  invocation: Invocation<Options>,
  library: Library,
): Promise<DrawnInput & { readonly figures: readonly Figure[] }> {
  const workbench = new Workbench(library);
  const read = await readDrawn(drawnSettings(input, invocation), {
    workbench,
    interruptibly: invocation.interruptibly,
    note: invocation.note,
  });
  noteInputWarnings(library.warnings, invocation);
  if (read.remark !== undefined) invocation.note(`note: ${read.remark}`);
  return { ...read, figures: figuresIn(input, read.drawn) };
}

function drawnSettings(input: string, { options }: Invocation<Options>): DrawnSettings {
  const { fromMs, toMs, metric: metrics } = options;
  const given = runOptionNames.filter(([key]) => options[key] !== undefined).map(([, name]) => name);
  const settings = mergedSettings(settingsFromOptions([], options), variationFromOptions(options));
  return { input, settings, given, window: { fromMs, toMs }, metrics };
}

const runOptionNames = [
  ["system", "--system"],
  ["scheduler", "--scheduler"],
  ["param", "--param"],
  ["seed", "--seed"],
  ["durationMs", "--duration-ms"],
  ["warmupMs", "--warmup-ms"],
  ["set", "--set"],
  ["rateScale", "--rate-scale"],
  ["estimateError", "--estimate-error"],
] as const satisfies readonly (readonly [keyof Options, string])[];

/** Where a figure goes. */
interface Target {
  write(figure: Figure, invocation: Invocation): Promise<void>;
  abandon(): void;
}

const STDOUT = "-";

/** Opens the files before anything runs. */
async function targetsOf(options: Options, library: Library): Promise<readonly Target[]> {
  const { out, data } = options;
  if (out === undefined && data === undefined)
    throw new RequestError("say where the figure goes: -o fig.svg, .pdf or .png, or --data fig.csv");
  if (out === STDOUT && data === STDOUT) throw new RequestError("-o and --data cannot both print");
  const canvas = canvasOf(options);
  const picture =
    out === undefined ? [] : [target(out, await pictureWriter(out === STDOUT ? "-.svg" : out, canvas), library)];
  const numbers = data === undefined ? [] : [target(data, dataWriter(data === STDOUT ? "-.csv" : data), library)];
  return [...picture, ...numbers];
}

function target(path: string, writer: Writer, library: Library): Target {
  if (path === STDOUT)
    return {
      write: async (figure, { print }) => print(String(await writer(figure))),
      abandon: () => undefined,
    };
  const file = new OutputFile(library.absolute(path));
  return {
    async write(figure, { note }) {
      library.keepInput(library.absolute(path));
      file.write(await writer(figure));
      file.finish();
      note(`wrote ${path}`);
    },
    abandon: () => file.abandon(),
  };
}
