/** `rtmm check`: repeats the runs of baselines and fails if a value got worse. */
import { type Command, Option } from "commander";
import type { Library } from "../../files/library.ts";
import { openNamed } from "../../files/named-output.ts";
import type { OutputFile } from "../../files/output-file.ts";
import { checkFormats } from "../../output/check/index.ts";
import type { CheckReport, FailOn } from "../../records/check-report.ts";
import { RequirementTally } from "../../run/requirements/requirement-tally.ts";
import { Workbench } from "../../run/workbench.ts";
import {
  type BaselineFile,
  findBaselines,
  openBaseline,
  readBaselines,
  type StoredBaseline,
} from "../../studies/baseline/baseline-file.ts";
import { type Check, checkBaselines, runsOf, updateBaseline } from "../../studies/baseline/check.ts";
import { metricNameOf } from "../../studies/baseline/kept-values.ts";
import { assertMet, parseTolerance } from "../../studies/baseline/tolerance.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-codes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { declareJobs, type JobsOption } from "../options/jobs-option.ts";
import { declareRequire, type RequireOption, requirementsOf } from "../options/require-option.ts";
import { listed } from "../options/run-options.ts";
import { type WorkAhead, withExecutor } from "../with-executor.ts";

interface Options extends RequireOption, JobsOption {
  readonly tolerance?: readonly string[];
  readonly failOn: FailOn;
  readonly format?: string;
  readonly junit?: string;
  readonly update?: true;
}

export const command: CommandDefinition<Options> = {
  examples: [
    { command: "rtmm check", meaning: "check every baseline in results/baselines; exit code 3 if a value is worse" },
    {
      command: "rtmm check xrbench --tolerance all=1%,p99Ms=0.5",
      meaning: "check one baseline with tolerances: 0.5 ms for p99Ms",
    },
    { command: "rtmm check -f markdown --junit check.xml", meaning: "write a CI summary and a test report" },
    { command: "rtmm check --update", meaning: "after review, accept the new values as the baseline" },
  ],
  declare,
  run,
};

function declare(declaration: Command): void {
  const common = declaration
    .argument("[baselines...]", "names, files or folders (default: all in results/baselines)")
    .option("--tolerance <metric=n%|n,…>", "how much worse a metric, tasks.<id>.<metric> or all may get", listed)
    .addOption(
      new Option("--fail-on <what>", "kind of change that fails the check")
        .choices(["worse", "change"])
        .default("worse"),
    )
    .option("--junit <file.xml>", "write a JUnit report with a test case per baseline row")
    .option("--update", "replace the baselines with the new values");
  declareJobs(declareRequire(declareFormat(common, checkFormats)));
}

async function run(invocation: Invocation<Options>): Promise<ExitCode> {
  const { args, options, textOptions } = invocation;
  const format = formatNamed(options.format ?? "table", checkFormats);
  const tolerances = (options.tolerance ?? []).map(parseTolerance);
  const required = new RequirementTally(requirementsOf(options));
  const library = openLibrary(invocation);
  const stored = readBaselines(findBaselines(args, library), library);
  assertMet(tolerances, valuesOf(stored));
  const outputs = openOutputs(stored, options, library);
  try {
    const judged = { tolerances, failOn: options.failOn, required, library };
    const ahead: WorkAhead = { workbench: new Workbench(library), runs: runsOf(stored), userPolicies: "in threads" };
    const check = await withExecutor(invocation, ahead, ({ executor, signal }) =>
      checkBaselines(stored, { ...judged, executor, signal }),
    );
    if (outputs.junit !== undefined) await writeJunit(outputs.junit, check.report);
    invocation.print(format.render(check.report, textOptions));
    return options.update === true ? update(stored, check, outputs.baselines, invocation) : codeOf(check.report);
  } finally {
    for (const file of [...outputs.baselines, outputs.junit]) file?.abandon();
  }
}

interface Outputs {
  readonly junit: OutputFile | undefined;
  /** One file per baseline to update; empty without `--update`. */
  readonly baselines: readonly BaselineFile[];
}

/** Opens all files or none. */
function openOutputs(stored: readonly StoredBaseline[], { junit, update }: Options, library: Library): Outputs {
  const baselines: BaselineFile[] = [];
  try {
    for (const { path } of update === true ? stored : []) baselines.push(openBaseline(library.absolute(path)));
    return { junit: junit === undefined ? undefined : openNamed(junit, [".xml"], library), baselines };
  } catch (error) {
    for (const file of baselines) file.abandon();
    throw error;
  }
}

/** Loaded lazily, because its package takes longer to load than the rest of the command. */
async function writeJunit(file: OutputFile, report: CheckReport): Promise<void> {
  const { junitText } = await import("../../output/check/junit.ts");
  file.write(junitText(report));
  file.finish();
}

const valuesOf = (stored: readonly StoredBaseline[]): ReadonlySet<string> => {
  const names = stored.flatMap(({ baseline }) => baseline.rows.flatMap(({ values }) => Object.keys(values)));
  return new Set(names.flatMap((name) => [name, metricNameOf(name)]));
};

const codes: Readonly<Record<CheckReport["verdict"], ExitCode>> = {
  passed: exitCode.ok,
  failed: exitCode.regression,
  incomparable: exitCode.incomparable,
};

const codeOf = ({ verdict }: CheckReport): ExitCode => codes[verdict];

/** Accepts the changes that were just shown. Requirements still apply. */
function update(
  stored: readonly StoredBaseline[],
  { report, measured: grids }: Check,
  files: readonly BaselineFile[],
  { note }: Invocation<Options>,
): ExitCode {
  const updates = stored.map((each, index) => ({
    ...each,
    update: updateBaseline(each, grids[index]!, files[index]!),
  }));
  for (const { path, update: outcome } of updates) note(updateTexts[outcome](path));
  if (updates.some((each) => each.update === "incomplete")) return exitCode.incomparable;
  return report.requirements.every(({ isMet }) => isMet) ? exitCode.ok : exitCode.regression;
}

const updateTexts = {
  written: (path: string) => `wrote ${path}`,
  unchanged: (path: string) => `${path} is unchanged`,
  incomplete: (path: string) =>
    `error: ${path} was not updated because a run failed; save it again without that run: \`rtmm baseline save\``,
};
