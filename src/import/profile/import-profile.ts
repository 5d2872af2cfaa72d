/** Converts profiles of TFLite, ONNX Runtime, TensorRT and any CSV to measured models, with their costs. */

import { nameHint } from "../../input/closest.ts";
import { ProblemList } from "../../input/problem-list.ts";
import { RequestError } from "../../input/request-error.ts";
import { counted } from "../counted.ts";
import { baseName, fileName } from "../ids.ts";
import type { ImportOptions, ImportResult, LeftOut, SourceFile, Warn } from "../imported.ts";
import { layerCount, type MeasuredModel, type MeasuredRow, type MeasuredTask } from "../measured.ts";
import { measuredFiles } from "../measured-files.ts";
import { type Rates, rateOfEach } from "../rates.ts";
import { type JoinOptions, joined, type Network } from "./join.ts";
import { type PlacedProfile, rowsOf } from "./merge.ts";
import { formatTitles, leftIf, msText, type Profile, type ReadOptions } from "./profile.ts";
import { readProfile } from "./read-profile.ts";

/** Which files something is said of; without files all of them. */
export interface Assignment {
  readonly name: string;
  readonly files?: readonly string[];
}

export interface ProfileOptions extends ImportOptions, ReadOptions {
  readonly accelerators?: readonly Assignment[];
  readonly models?: readonly Assignment[];
  readonly layersWanted?: "as measured" | "none";
  readonly network?: Network;
  readonly join?: JoinOptions;
  readonly rates?: Rates;
  /** What the scenario is called; the system is `<name>-system`. */
  readonly name?: string;
}

/**
 * Profiles of the same model on several accelerators are rows of one table. Throws InputError with all problems of the
 * files, RequestError if they do not fit together.
 */
export function importProfile(sources: readonly SourceFile[], options: ProfileOptions = {}, warn?: Warn): ImportResult {
  const problems = new ProblemList();
  const profiles = sources.flatMap((source) => readProfile(source, options, problems));
  problems.finish(warn);
  const files = sources.map(({ file }) => file);
  const modelOf = namerOf(options.models, files, "--model");
  const acceleratorOf = namerOf(options.accelerators, files, "--accelerator");
  const byModel = new Map<string, PlacedProfile[]>();
  for (const profile of profiles) {
    const title = modelOf(profile.file) ?? profile.model ?? baseName(profile.file);
    const { network } = options;
    const own = network === undefined ? profile : joined(profile, network, options.join ?? {});
    const accelerator = acceleratorOf(profile.file);
    const placed = { profile: own, ...(accelerator === undefined ? {} : { accelerator }) };
    byModel.set(title, [...(byModel.get(title) ?? []), placed]);
  }
  if (options.network !== undefined && byModel.size > 1)
    throw new RequestError(
      `--join takes profiles of one model, these are of ${[...byModel.keys()].join(", ")}; give --model <name>`,
    );
  return resultOf(byModel, profiles, files, options);
}

/** The name given to a file. Throws RequestError if an assignment names no file, or two name the same one. */
function namerOf(
  assignments: readonly Assignment[] = [],
  files: readonly string[],
  option: string,
): (file: string) => string | undefined {
  const names = new Map<string, string>();
  for (const { name, files: own } of assignments) {
    for (const wanted of own ?? files) {
      const found = files.filter((file) => file === wanted || fileName(file) === wanted);
      if (found.length !== 1)
        throw new RequestError(
          `${option}: ${found.length === 0 ? "no" : "more than one"} file is called ${wanted}${found.length === 0 ? nameHint(wanted, files) : ""}`,
        );
      const known = names.get(found[0]!);
      if (known !== undefined && known !== name)
        throw new RequestError(`${option}: ${wanted} is given to ${known} and to ${name}`);
      names.set(found[0]!, name);
    }
  }
  return (file) => names.get(file);
}

function resultOf(
  byModel: ReadonlyMap<string, readonly PlacedProfile[]>,
  profiles: readonly Profile[],
  files: readonly string[],
  options: ProfileOptions,
): ImportResult {
  const { rates, name = "profile" } = options;
  const converted = [...byModel].map(([title, placed]) => convertedModel(title, placed, options));
  const models = converted.map(({ model }) => model);
  const tasks = tasksOf(models, rates);
  const format = [...new Set(profiles.map(({ tool, format }) => tool ?? formatTitles[format]))].join(", ");
  const { files: written, totals } = measuredFiles(
    { models, tasks, systemTitle: `${name}-system`, scenarioTitle: name, sources: files, format },
    options,
  );
  const idle = rates === undefined ? 0 : models.length - tasks.length;
  return {
    files: written,
    report: {
      taken: converted.map(({ taken }) => taken),
      left: [...converted.flatMap(({ left }) => left), ...leftIf(idle, "model in no task", "it has no rate (--fps)")],
      totals,
      hints: profiles.flatMap(({ file, hints = [] }) => hints.map((hint) => `${fileName(file)}: ${hint}`)),
    },
  };
}

interface ConvertedModel {
  readonly model: MeasuredModel;
  readonly left: readonly LeftOut[];
  readonly taken: string;
}

function convertedModel(
  title: string,
  placed: readonly PlacedProfile[],
  { network, layersWanted = "as measured" }: ProfileOptions,
): ConvertedModel {
  const { rows, left } = rowsOf(title, placed, layersWanted);
  const own = placed.map(({ profile }) => profile);
  const model: MeasuredModel = {
    title,
    rows,
    sources: [...new Set(own.map(({ file }) => file))],
    remarks: own.flatMap(({ file, remarks }) => remarks.map((remark) => `${fileName(file)}: ${remark}`)),
    ...(network === undefined ? {} : { network: { name: network.name, path: network.path } }),
  };
  return { model, left, taken: takenText(model, own) };
}

/** `3 layers of kws: 1.591 ms on cpu, from kws.txt (50 runs)`. */
function takenText({ title, rows, sources }: MeasuredModel, profiles: readonly Profile[]): string {
  const layers = layerCount(rows);
  const what = layers === 0 ? title : `${counted(layers, "layer")} of ${title}`;
  const runs = profiles.reduce((sum, each) => sum + each.runs, 0);
  const from = sources.map(fileName).join(", ");
  return `${what}: ${placeTexts(rows).join(", ")}, from ${from} (${counted(runs, "run")})`;
}

function placeTexts(rows: readonly MeasuredRow[]): readonly string[] {
  const sums = new Map<string, number>();
  for (const { accelerator, time } of rows) sums.set(accelerator, (sums.get(accelerator) ?? 0) + time.meanNs);
  return [...sums].map(([accelerator, ns]) => `${msText(ns)} on ${accelerator}`);
}

function tasksOf(models: readonly MeasuredModel[], rates: Rates | undefined): readonly MeasuredTask[] {
  if (rates === undefined) return [];
  const own = rateOfEach(
    rates,
    models.map(({ title, network }) => [title, ...(network === undefined ? [] : [network.name])]),
  );
  return models.flatMap((_, modelIndex) => {
    const fps = own[modelIndex] ?? rates.fallback;
    return fps === undefined ? [] : [{ modelIndex, fps }];
  });
}
