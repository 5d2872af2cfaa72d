/** `rtmm baseline`: saves results that `rtmm check` compares later runs with. */
import type { Command } from "commander";
import { nameHint } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import type { Format } from "../../output/format.ts";
import { jsonText } from "../../output/json.ts";
import { wrapped } from "../../output/lines.ts";
import { type Listing, listingCsv, listingMarkdown, listingRecords, listingTable } from "../../output/listing.ts";
import type { TextOptions } from "../../output/text-table.ts";
import { defaultSettings } from "../../run/settings.ts";
import { BASELINES_FOLDER, findBaselines, pathsInFolder, readBaselines } from "../../studies/baseline/baseline-file.ts";
import { baselineText } from "../../studies/baseline/baseline-text.ts";
import { baselineHead, baselineListing, rowListing } from "../../studies/baseline/listings.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs } from "../options/jobs-option.ts";
import { declareSeeds, declareTimes, listed } from "../options/run-options.ts";
import { declareParams } from "../options/scheduler-options.ts";
import { declareVariation } from "../options/variation-options.ts";
import { BASELINE_SEEDS, type SaveOptions, saveBaseline } from "../save-baseline.ts";

interface Options extends SaveOptions {
  readonly format?: string;
}

export const command: CommandDefinition<Options> = {
  examples: [
    {
      command: "rtmm baseline save gate xrbench -S hda-2-ws-os-4k -s fcfs,edf,./mine.js",
      meaning: `write ${BASELINES_FOLDER}/gate.json for rtmm check`,
    },
    { command: "rtmm baseline list", meaning: "list the baselines of this folder" },
    { command: "rtmm baseline show gate", meaning: "show its runs and values" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument("<action>", Object.keys(actions).join(", "))
    .argument("[name]", "name of the baseline; show also takes a file")
    .argument("[scenarios...]", "save: names or files of scenarios and suites")
    .option("-S, --system <name|file,…>", `save: systems to run on (default: ${defaultSettings.system})`, listed)
    .option(
      "-s, --schedulers <name|file,…>",
      `save: schedulers, as for rtmm compare (default: ${defaultSettings.scheduler})`,
      listed,
    );
  const forced = declareParams(common).option("--force", "save: replace an existing baseline of that name");
  const timed = declareTimes(declareSeeds(forced, BASELINE_SEEDS));
  declareJobs(declareVariation(declareFormat(timed, listFormats)));
}

const actions: Readonly<Record<string, (invocation: Invocation<Options>) => Promise<ExitCode>>> = {
  save: (invocation) => saveBaseline(invocation.args.slice(1), invocation),
  list,
  show,
};

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const [name = ""] = invocation.args;
  if (!Object.hasOwn(actions, name))
    throw new RequestError(`baseline has no action "${name}"${nameHint(name, Object.keys(actions))}`);
  return actions[name]!(invocation);
}

async function list(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, textOptions, note } = invocation;
  const format = formatNamed(options.format ?? "table", listFormats);
  if (args.length > 1) throw new RequestError("rtmm baseline list takes no names; it always lists all baselines");
  const library = openLibrary(invocation);
  const stored = readBaselines(pathsInFolder(BASELINES_FOLDER, library), library);
  if (stored.length === 0) note(`no baseline in ${BASELINES_FOLDER}; create one with rtmm baseline save`);
  else invocation.print(format.render(shown(baselineListing(stored)), textOptions));
  return exitCode.ok;
}

async function show(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", listFormats);
  if (args.length !== 2) throw new RequestError("rtmm baseline show takes the name or file of one baseline");
  const library = openLibrary(invocation);
  for (const stored of readBaselines(findBaselines(args.slice(1), library), library)) {
    const head = baselineHead(stored).map((line) => wrapped(line, "  "));
    if (format.name === "table") invocation.print(`${head.join("\n")}\n`);
    const text = format.name === "json" ? baselineText(stored.baseline) : undefined;
    invocation.print(text ?? format.render(shown(rowListing(stored.baseline)), textOptions));
  }
  return exitCode.ok;
}

/** A listing that can be rendered without knowing the type of its records. */
type Shown = Record<"table" | "json" | "csv" | "markdown", (options: TextOptions) => string>;

const shown = <Record>(listing: Listing<Record>): Shown => ({
  table: (options) => listingTable(listing, options),
  json: () => jsonText(listingRecords(listing)),
  csv: () => listingCsv(listing),
  markdown: () => listingMarkdown(listing),
});

const listFormats: readonly Format<Shown>[] = (["table", "json", "csv", "markdown"] as const).map((name) => ({
  name,
  render: (listing, options) => listing[name](options),
}));
