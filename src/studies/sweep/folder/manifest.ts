/** sweep.json: which sweep the points of a folder belong to. Nothing in it depends on machine or time. */

import { OutputFile } from "../../../files/output-file.ts";
import { parseJson } from "../../../input/json-document.ts";
import { ProblemList } from "../../../input/problem-list.ts";
import { Report } from "../../../input/report.ts";
import { RequestError } from "../../../input/request-error.ts";
import { checkSchema } from "../../../input/schema-check.ts";
import { jsonText } from "../../../output/json.ts";
import { percentText } from "../../../output/number-text.ts";
import type { InputFile } from "../../../records/run-result.ts";
import { rtmmVersion } from "../../../records/version.ts";
import { type Shard, shardText } from "../plan/shard.ts";
import type { SweepPlan } from "../plan/sweep-plan.ts";
import type { JudgedPrecision } from "../read/seed-precision.ts";

export interface SweepManifest {
  readonly schemaVersion: 1;
  readonly rtmmVersion: string;
  readonly name: string;
  readonly title?: string;
  readonly planHash: string;
  /** Number of points of the whole plan, even if the folder holds only a shard. */
  readonly count: number;
  readonly caseSize: number;
  readonly seedsPerGroup: number;
  /** Absent: every point of the plan runs. */
  readonly precision?: JudgedPrecision;
  readonly coordinateNames: readonly string[];
  readonly requirements: readonly string[];
  readonly inputs: readonly InputFile[];
  /** null: the whole sweep. */
  readonly shard: Shard | null;
}

/** `judged`: names of the metrics that the plan's precision applies to, if it has one. */
export function manifestOf(plan: SweepPlan, shard: Shard | undefined, judged: readonly string[]): SweepManifest {
  const { name, title, hash, count, caseSize, seedsPerGroup, coordinateNames, requirements, inputs, precision } = plan;
  return {
    schemaVersion: 1,
    rtmmVersion,
    name,
    ...(title !== undefined && { title }),
    planHash: hash,
    count,
    caseSize,
    seedsPerGroup,
    ...(precision !== undefined && { precision: { ...precision, metrics: judged } }),
    coordinateNames,
    requirements,
    inputs,
    shard: shard ?? null,
  };
}

export function writeManifest(path: string, manifest: SweepManifest): void {
  const file = new OutputFile(path);
  file.write(jsonText(manifest));
  file.finish();
}

/** Throws an InputError with the text's problems, RequestError if the file is no manifest or has another version. */
export function manifestFrom(text: string, path: string): SweepManifest {
  const problems = new ProblemList();
  const file = parseJson(path, text, problems);
  problems.finish();
  const { planHash, schemaVersion } = (file!.value ?? {}) as Readonly<Record<string, unknown>>;
  if (planHash === undefined) throw new RequestError(`${path} was not written by a sweep: it has no planHash`);
  if (schemaVersion !== 1)
    throw new RequestError(`${path} has schemaVersion ${schemaVersion}; this rtmm reads version 1`);
  checkSchema(file!.value, "sweep", new Report(file!, problems));
  problems.finish();
  return file!.value as SweepManifest;
}

/** The differences, one per line. Empty if both describe the same sweep. */
export function changesBetween(then: SweepManifest, now: SweepManifest): readonly string[] {
  const precision = precisionChanges(then.precision, now.precision);
  const changes = [
    ...changed("rtmm", then.rtmmVersion, now.rtmmVersion),
    ...changed("the shard", shardName(then), shardName(now)),
    ...inputChanges(then.inputs, now.inputs),
    ...precision,
    // Another precision implies another number of points.
    ...(precision.length === 0 ? changed("the number of points", then.count, now.count) : []),
    ...changed("the coordinates of points", then.coordinateNames.join(", "), now.coordinateNames.join(", ")),
  ];
  if (changes.length > 0 || then.planHash === now.planHash) return changes;
  return ["the experiment describes other runs"];
}

function precisionChanges(then: JudgedPrecision | undefined, now: JudgedPrecision | undefined): readonly string[] {
  const aim = (each: typeof then): string => (each === undefined ? "none" : `± ${percentText(each.aim)}`);
  const changes = changed("the precision", aim(then), aim(now));
  if (then === undefined || now === undefined) return changes;
  return [
    ...changes,
    ...changed("the metrics of the precision", then.metrics.join(", "), now.metrics.join(", ")),
    ...changed("the seeds that groups start with", then.firstSeeds, now.firstSeeds),
    ...changed("the seeds of a group at most", then.maxSeeds, now.maxSeeds),
  ];
}

const shardName = ({ shard }: SweepManifest): string => (shard === null ? "all points" : shardText(shard));

const changed = (what: string, then: string | number, now: string | number): string[] =>
  then === now ? [] : [`${what}: ${then} then, ${now} now`];

function inputChanges(then: readonly InputFile[], now: readonly InputFile[]): readonly string[] {
  const before = new Map(then.map((input) => [inputKey(input), input]));
  const after = new Map(now.map((input) => [inputKey(input), input]));
  const gone = then
    .filter((input) => !after.has(inputKey(input)))
    .map(({ role, path }) => `${role} ${path}: then only`);
  const moved = now.flatMap((input) => {
    const was = before.get(inputKey(input));
    if (was === undefined) return [`${input.role} ${input.path}: now only`];
    return was.sha256 === input.sha256 ? [] : [`${input.role} ${input.path} has changed`];
  });
  return [...moved, ...gone];
}

export const inputKey = ({ from, path }: Pick<InputFile, "from" | "path">): string => `${from} ${path}`;
