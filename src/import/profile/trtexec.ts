/** Reads what `trtexec` exports: a profile of layers (`--exportProfile`), and the times of runs (`--exportTimes`). */

import { isMapping, type Mapping } from "../../input/mapping.ts";
import type { LeftOut } from "../imported.ts";
import { timeOf } from "../measured.ts";
import type { JsonProfile } from "./json-values.ts";
import { leftIf, msText, NS_PER_MS, noRunLeft, type Profile, type ReadOptions } from "./profile.ts";

const accelerator = "GPU";

/** Whether a list is of `--exportProfile`. */
export const isTrtProfile = (list: readonly unknown[]): boolean =>
  list.some((each) => isMapping(each) && ("averageMs" in each || ("timeMs" in each && "name" in each)));

/** Whether a list is of `--exportTimes`. */
export const isTrtTimes = (list: readonly unknown[]): boolean =>
  list.some((each) => isMapping(each) && ("startComputeMs" in each || "computeMs" in each));

/** The first entry says how many runs there were; the others are layers in the order of the run. */
export function readTrtProfile(file: string, list: readonly unknown[], json: JsonProfile): Profile {
  const entries = mappings(list, json);
  const runs = entries.flatMap(([entry, path]) =>
    "count" in entry ? (json.amount(entry, "count", path) ?? []) : [],
  )[0];
  const layers = entries.flatMap(([entry, path]) => {
    if ("count" in entry && !("name" in entry)) return [];
    const name = json.text(entry, "name", path);
    const meanMs = meanOf(entry, path, runs, json);
    return name === undefined || meanMs === undefined
      ? []
      : [{ name, time: { meanNs: meanMs * NS_PER_MS }, accelerator }];
  });
  if (layers.length === 0) json.report([], "PROFILE_SYNTAX", "this profile has no layers");
  checkShares(entries, json);
  return {
    file,
    format: "trtexec",
    layers,
    runs: runs ?? 1,
    remarks: runs === undefined ? [] : [`means of ${runs} runs`],
    left: leftIf(
      entries.filter(([entry]) => "medianMs" in entry).length,
      "median of a layer",
      "costs are means, so that they add up to the mean of a run",
    ),
  };
}

function meanOf(
  entry: Mapping,
  path: readonly [number],
  runs: number | undefined,
  json: JsonProfile,
): number | undefined {
  if ("averageMs" in entry || runs === undefined || runs === 0) return json.required(entry, "averageMs", path);
  const sumMs = json.required(entry, "timeMs", path);
  return sumMs === undefined ? undefined : sumMs / runs;
}

/** Shares that do not add up mean that layers were taken out of the file. */
function checkShares(entries: readonly Entry[], json: JsonProfile): void {
  const shares = entries.flatMap(([entry, path]) => json.amount(entry, "percentage", path) ?? []);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length === 0 || sum === 0 || Math.abs(sum - 100) < 2) return;
  const message = `the percentages of the layers add up to ${sum.toPrecision(4)} %; are all layers in the file?`;
  json.warn([entries.at(-1)![1][0]], "NO_EFFECT", message);
}

/** What the GPU computed in each run; copies in and out are told. */
export function readTrtTimes(
  file: string,
  list: readonly unknown[],
  json: JsonProfile,
  { warmup = 0 }: ReadOptions,
): Profile {
  const entries = mappings(list, json);
  const samplesNs = entries.flatMap(([entry, path]) => {
    const ms = computeMs(entry, path, json);
    return ms === undefined ? [] : [ms * NS_PER_MS];
  });
  const kept = samplesNs.slice(warmup);
  if (kept.length === 0) json.report([], "PROFILE_SYNTAX", noRunLeft(samplesNs.length, warmup));
  const whole = kept.length === 0 ? { meanNs: 0 } : timeOf(kept);
  return {
    file,
    format: "trtexec",
    layers: [],
    whole,
    accelerator,
    runs: kept.length,
    remarks: [`${kept.length} runs: mean compute time ${msText(whole.meanNs)}`],
    left: [...leftIf(samplesNs.length - kept.length, "run", "warm-up (--warmup)"), ...copiesOf(entries, json)],
  };
}

type Entry = readonly [Mapping, readonly [number]];

function copiesOf(entries: readonly Entry[], json: JsonProfile): readonly LeftOut[] {
  const latencies = entries.flatMap(([entry, path]) => json.amount(entry, "latencyMs", path) ?? []);
  const meanNs = (latencies.reduce((sum, ms) => sum + ms, 0) / latencies.length) * NS_PER_MS;
  const why = `a run takes ${msText(meanNs)} with them, but they do not occupy the GPU's cores`;
  return leftIf(latencies.length, "time of copies in and out", why);
}

function computeMs(entry: Mapping, path: readonly [number], json: JsonProfile): number | undefined {
  if ("computeMs" in entry) return json.amount(entry, "computeMs", path);
  const start = json.required(entry, "startComputeMs", path);
  const end = json.required(entry, "endComputeMs", path);
  if (start === undefined || end === undefined) return undefined;
  if (end >= start) return end - start;
  json.report(
    [...path, "endComputeMs"],
    "TOO_SMALL",
    `endComputeMs must be at least startComputeMs, ${start}, got ${end}`,
  );
  return undefined;
}

function mappings(list: readonly unknown[], json: JsonProfile): readonly Entry[] {
  return list.flatMap((each, i) => {
    if (isMapping(each)) return [[each, [i] as const] as const];
    json.report([i], "WRONG_TYPE", "each entry must be an object");
    return [];
  });
}
