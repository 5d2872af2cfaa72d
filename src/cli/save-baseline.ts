/** `rtmm baseline save`: runs a grid and saves its results. */
import { SchedulerError } from "../core/errors.ts";
import type { Library } from "../files/library.ts";
import { RequestError } from "../input/request-error.ts";
import { wrapped } from "../output/lines.ts";
import { counted, rowText } from "../output/words.ts";
import { defaultSettings } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import type { Baseline, Grid } from "../studies/baseline/baseline.ts";
import { openBaseline, pathOfNew } from "../studies/baseline/baseline-file.ts";
import { filesElsewhere, gridOf } from "../studies/baseline/grid-of.ts";
import { type MeasuredGrid, measureGrid } from "../studies/baseline/measure-grid.ts";
import type { CompareSettings } from "../studies/compare/settings.ts";
import type { Invocation } from "./command.ts";
import { type ExitCode, exitCode } from "./exit-codes.ts";
import { noteInputWarnings } from "./notes.ts";
import { openLibrary } from "./open-library.ts";
import type { JobsOption } from "./options/jobs-option.ts";
import { type SeedOptions, seedsOf } from "./options/run-options.ts";
import { type SchedulerOptions, schedulerSettings } from "./options/scheduler-options.ts";
import { type VariationOptions, variationFromOptions } from "./options/variation-options.ts";
import { withExecutor } from "./with-executor.ts";

export interface SaveOptions extends SchedulerOptions, SeedOptions, VariationOptions, JobsOption {
  readonly force?: true;
}

/** Enough for a confidence interval, and few enough that people can read the file. */
export const BASELINE_SEEDS = 3;

/** Throws RequestError if a baseline of that name exists. */
export async function saveBaseline(
  [name, ...scenarios]: readonly string[],
  invocation: Invocation<SaveOptions>,
): Promise<ExitCode> {
  const { options, note } = invocation;
  if (name === undefined) throw new RequestError("a baseline needs a name: rtmm baseline save <name> <scenarios…>");
  const library = openLibrary(invocation);
  const path = pathOfNew(name);
  if (options.force === undefined && library.status(path).kind !== "missing")
    throw new RequestError(
      `baseline ${path} already exists; update it with \`rtmm check --update\`, or replace it with --force`,
    );
  const workbench = new Workbench(library);
  const grid = await gridOf(settingsOf(scenarios, options), workbench);
  noteInputWarnings(library.warnings, invocation);
  noteElsewhere(grid, invocation);
  const file = openBaseline(library.absolute(path));
  try {
    const baseline = await measured(grid, workbench, invocation);
    file.write(baseline);
    note(`wrote ${path}: ${counted(baseline.rows.length, "row")} of ${counted(baseline.seeds.length, "seed")}`);
  } finally {
    file.abandon();
  }
  return exitCode.ok;
}

function settingsOf(scenarios: readonly string[], options: SaveOptions): CompareSettings {
  return {
    ...schedulerSettings(scenarios, options),
    schedulers: options.schedulers ?? [defaultSettings.scheduler],
    baseline: undefined,
    seeds: seedsOf(options, BASELINE_SEEDS),
    variation: variationOf({ ...defaultSettings, ...variationFromOptions(options) }),
  };
}

function noteElsewhere(grid: Grid, { note }: Invocation<SaveOptions>): void {
  const files = filesElsewhere(grid);
  if (files.length === 0) return;
  note(wrapped(`warning: outside this folder, so perhaps missing on other machines: ${files.join(", ")}`, "  "));
}

async function measured(
  grid: Grid,
  workbench: Workbench<Library>,
  invocation: Invocation<SaveOptions>,
): Promise<Baseline> {
  const runs = grid.cases.length * grid.schedulers.length * grid.seeds.length;
  const { baseline, failures } = await withExecutor(
    invocation,
    { workbench, runs, userPolicies: "in threads" },
    ({ executor, signal }) => measureGrid(grid, { executor, signal, library: workbench.files }),
  );
  if (failures.length > 0) throw errorOf(failures);
  return baseline;
}

/** A baseline with a failed run would accept that failure from then on, so nothing is saved. */
function errorOf([first, ...rest]: MeasuredGrid["failures"]): Error {
  const { failure, seed } = first!;
  const others = rest.length === 0 ? "" : ` (and ${rest.length} more failed)`;
  const message = `${rowText(first!)}, seed ${seed}: ${failure.message}${others}; nothing was written`;
  if (failure.kind === "input") return new RequestError(message);
  return failure.kind === "internal" ? new Error(message) : new SchedulerError(message);
}
