/** `rtmm report`: writes one page with what there is to see of a run, a comparison, a sweep or a check. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { quoted } from "../../describe/run-command.ts";
import type { Library } from "../../files/library.ts";
import { openNamed } from "../../files/named-output.ts";
import { pageText } from "../../files/page-file.ts";
import { type RecordFile, readRecord, recordNames, recordsInFolders } from "../../files/record-file.ts";
import { RequestError } from "../../input/request-error.ts";
import { checkVerdict } from "../../output/verdict/check-verdict.ts";
import { comparisonVerdict } from "../../output/verdict/comparison-verdict.ts";
import { sweepVerdict } from "../../output/verdict/sweep-verdict.ts";
import { caseText, counted } from "../../output/words.ts";
import type { Report } from "../../records/report.ts";
import { rtmmVersion } from "../../records/version.ts";
import { LONGEST_MS, mergedSettings } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import type { ShownFolder } from "../../studies/folder/shown-folder.ts";
import { boundsOf } from "../../studies/report/bounds.ts";
import { type PageContent, reportRuns, type Subject } from "../../studies/report/report-runs.ts";
import { reportSweep } from "../../studies/report/report-sweep.ts";
import { requestsOf } from "../../studies/runs/plan.ts";
import { isSweepFolder } from "../../studies/sweep/folder/sweep-folder.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { once } from "../once.ts";
import { openLibrary } from "../open-library.ts";
import {
  declareRunOptions,
  listed,
  notNegative,
  positive,
  type RunOptions,
  settingsFromOptions,
} from "../options/run-options.ts";
import { declareVariation, type VariationOptions, variationFromOptions } from "../options/variation-options.ts";

interface Options extends RunOptions, VariationOptions {
  readonly out: string;
  readonly metric?: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm report vr-gaming -s dream -o report.html", meaning: "run a scenario and report it" },
    {
      command: "rtmm report out/result.json -o report.html",
      meaning: "report a stored run; it is repeated for its timeline",
    },
    {
      command: "rtmm compare xrbench -f json > c.json && rtmm report c.json -o report.html",
      meaning: "report a comparison",
    },
    { command: "rtmm report study-sweep -o report.html", meaning: "report the folder of a finished sweep" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument(
      "<what...>",
      "scenarios or suites to run; or a result, a comparison or a check as JSON, or a sweep's folder",
    )
    .requiredOption("-o, --out <file.html>", "file of the page")
    .option("-m, --metric <name,…>", "metrics of a sweep to show (default: the usual ones)", listed)
    .option("--from-ms <ms>", "start of the timeline (default: the whole run)", notNegative(LONGEST_MS))
    .option("--to-ms <ms>", "end of the timeline", positive(LONGEST_MS));
  declareVariation(declareRunOptions(common));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { options, note, print } = invocation;
  const library = openLibrary(invocation);
  const file = openNamed(options.out, [".html", ".htm"], library);
  try {
    const { report, data } = await contentOf(invocation, library);
    noteInputWarnings(library.warnings, invocation);
    const { title, verdict } = report;
    const text = pageText("report", {
      title: `${title}: rtmm`,
      description: verdict.sentence,
      data: { report, ...data },
    });
    file.write(text);
    file.finish();
    print([verdict.sentence, ...verdict.more].join(" "));
    note(`wrote ${options.out} (${Math.ceil(Buffer.byteLength(text) / 1000)} kB)`);
    return exitCode.ok;
  } finally {
    file.abandon();
  }
}

/** What is named on the command line. */
type What =
  | { readonly kind: "scenarios" }
  | { readonly kind: "record"; readonly shown: string; readonly record: RecordFile }
  | ({ readonly kind: "sweep" } & ShownFolder);

async function contentOf(invocation: Invocation<Options>, library: Library): Promise<PageContent<Report>> {
  const what = whatIs(invocation.args, library);
  refuseUnused(what, invocation.options);
  const command = commandOf(invocation);
  if (what.kind === "scenarios") return runs(requested(invocation, library), { command, library, invocation });
  if (what.kind === "sweep") return { report: reportSweep(what, invocation.options.metric, command), data: {} };
  const { record, shown } = what;
  if (record.kind === "results") {
    const subjects = record.results.map((result): Subject => ({ kind: "result", result }));
    return runs(subjects, { command, library, invocation });
  }
  const context = { command, shown, workbench: new Workbench(library), note: invocation.note };
  return { report: await recordPage(record, context), data: {} };
}

/** Only a single path can be a record or a folder. */
function whatIs(args: readonly string[], library: Library): What {
  const [shown] = args;
  const path = shown === undefined || args.length > 1 ? undefined : library.absolute(shown);
  if (path === undefined || shown === undefined || !existsSync(path)) return refuseFiles(args);
  if (statSync(path).isDirectory()) {
    if (isSweepFolder(path)) return { kind: "sweep", path, shown };
    const inside = recordsInFolders.find((name) => existsSync(join(path, name)));
    if (inside !== undefined)
      return { kind: "record", shown, record: readRecord(library.fileAt(join(path, inside)), library) };
    throw new RequestError(
      `${shown} is a folder without sweep.json, result.json or matrix.json, so there is nothing to report in it`,
    );
  }
  if (!shown.endsWith(".json")) return { kind: "scenarios" };
  return { kind: "record", shown, record: readRecord(library.fileAt(shown), library) };
}

function refuseFiles(args: readonly string[]): What {
  const json = args.find((each) => each.endsWith(".json"));
  if (json !== undefined && args.length > 1) throw new RequestError(`a report shows one file; name ${json} alone`);
  if (json !== undefined) throw new RequestError(`there is no file ${json}`);
  return { kind: "scenarios" };
}

const windowOptions = { fromMs: "--from-ms", toMs: "--to-ms" } as const;

const runOptionNames = {
  system: "--system",
  scheduler: "--scheduler",
  param: "--param",
  seed: "--seed",
  durationMs: "--duration-ms",
  warmupMs: "--warmup-ms",
  set: "--set",
  rateScale: "--rate-scale",
  estimateError: "--estimate-error",
} as const satisfies Partial<Record<keyof Options, string>>;

function refuseUnused(what: What, options: Options): void {
  const { kind } = what;
  const given = (name: keyof Options): boolean => options[name] !== undefined;
  const unused = Object.entries(runOptionNames).find(([name]) => given(name as keyof Options));
  if (kind !== "scenarios" && unused !== undefined)
    throw new RequestError(`${unused[1]} is for scenarios that are to be run; a stored record stays as it is`);
  const isRun = kind === "scenarios" || (kind === "record" && what.record.kind === "results");
  const end = (["fromMs", "toMs"] as const).find(given);
  if (!isRun && end !== undefined) throw new RequestError(`${windowOptions[end]} is for the timeline of a run`);
  if (kind !== "sweep" && given("metric")) throw new RequestError("--metric is for the folder of a sweep");
}

function requested({ args, options }: Invocation<Options>, library: Library): readonly Subject[] {
  const settings = mergedSettings(settingsFromOptions(args, options), variationFromOptions(options));
  return requestsOf(settings, library).map((request) => ({ kind: "request", request }));
}

/** As text. The page, its timelines and these stay below 2.5 MB. */
const STORY_BYTES = 400_000;

interface RunsContext {
  readonly command: string;
  readonly library: Library;
  readonly invocation: Invocation<Options>;
}

const runs = (subjects: readonly Subject[], { command, library, invocation }: RunsContext) =>
  reportRuns(subjects, {
    workbench: new Workbench(library),
    interruptibly: invocation.interruptibly,
    command,
    fromMs: invocation.options.fromMs,
    toMs: invocation.options.toMs,
    storyBytes: STORY_BYTES,
    // Each run of a page may have the same remark.
    note: once(invocation.note),
  });

type Recorded = Exclude<RecordFile, { readonly kind: "results" }>;

interface RecordContext {
  readonly command: string;
  readonly shown: string;
  readonly workbench: Workbench<Library>;
  readonly note: (remark: string) => void;
}

async function recordPage(record: Recorded, { command, shown, workbench, note }: RecordContext): Promise<Report> {
  const facts = { command, rtmmVersion };
  switch (record.kind) {
    case "comparison": {
      const { comparison } = record;
      const { cases } = comparison;
      const title = cases.length === 1 ? caseText(cases[0]!) : counted(cases.length, "case");
      return {
        ...facts,
        kind: "comparison",
        title: `Comparison: ${title}`,
        verdict: comparisonVerdict(comparison),
        comparison,
        bounds: await boundsOf(comparison, workbench, note),
      };
    }
    case "check": {
      const { check } = record;
      return { ...facts, kind: "check", title: "Check", verdict: checkVerdict(check), check };
    }
    case "sweep": {
      const { sweep } = record;
      return {
        ...facts,
        kind: "sweep",
        title: sweep.title ?? sweep.name,
        verdict: sweepVerdict(sweep),
        sweep,
        inputs: [],
      };
    }
    case "capacity":
    case "tuning":
    case "reproduction":
    case "matrix":
      throw new RequestError(
        `${shown} is a ${recordNames[record.kind]}, which has no page; \`rtmm plot --list ${shown}\` names its figures${record.kind === "matrix" ? MAP_HINT : ""}`,
      );
    default:
      throw new Error(`${shown}: ${record satisfies never}`);
  }
}

const MAP_HINT = ", and `rtmm adversary --all --resume --page map.md` writes a page of it";

function commandOf({ args, options }: Invocation<Options>): string {
  const given = Object.entries(runOptionNames).flatMap(([name, option]) => {
    const value = options[name as keyof Options];
    return value === undefined ? [] : [value].flat().map((each) => `${option} ${quoted(String(each))}`);
  });
  const window = [
    ...(options.fromMs === undefined ? [] : [`--from-ms ${options.fromMs}`]),
    ...(options.toMs === undefined ? [] : [`--to-ms ${options.toMs}`]),
    ...(options.metric === undefined ? [] : [`-m ${options.metric.join(",")}`]),
  ];
  return ["rtmm report", ...args.map(quoted), ...given, ...window, `-o ${quoted(options.out)}`].join(" ");
}
