/** Compares a baseline with a new measurement of the same runs. Pure. */

import { worstFirst } from "../../output/check/worst-first.ts";
import { rowText } from "../../output/words.ts";
import type {
  BaselineReport,
  Cause,
  CheckReport,
  CheckVerdict,
  FailOn,
  InputChange,
  RowKey,
  Uncompared,
} from "../../records/check-report.ts";
import { rtmmVersion } from "../../records/version.ts";
import type { Baseline, BaselineRow } from "./baseline.ts";
import type { StoredBaseline } from "./baseline-file.ts";
import { causesOf, inputChanges, parameterChanges } from "./changes.ts";
import type { MeasuredGrid } from "./measure-grid.ts";
import { type JudgeOptions, type RowMovement, rowMovement } from "./movements.ts";

export function checkReport(
  baselines: readonly BaselineReport[],
  requirements: CheckReport["requirements"],
  { failOn }: Pick<JudgeOptions, "failOn">,
): CheckReport {
  const verdict = verdictOn(baselines, requirements, failOn);
  return { schemaVersion: 1, rtmmVersion, verdict, failOn, baselines, requirements };
}

/** A check that did not compare every row is `incomparable`, whatever the compared rows show. */
function verdictOn(
  baselines: readonly BaselineReport[],
  requirements: CheckReport["requirements"],
  failOn: FailOn,
): CheckVerdict {
  const isWhole = ({ compared, lacks }: BaselineReport) => compared > 0 && lacks.length === 0;
  if (baselines.length === 0 || !baselines.every(isWhole)) return "incomparable";
  const hasFailed = ({ moves, unkept }: BaselineReport) =>
    moves.some(({ fails }) => fails) || (failOn === "change" && unkept.length > 0);
  return baselines.some(hasFailed) || requirements.some(({ isMet }) => !isMet) ? "failed" : "passed";
}

export function baselineReport(
  { name, path, baseline: before }: StoredBaseline,
  { baseline: now, failures }: MeasuredGrid,
  options: JudgeOptions,
): BaselineReport {
  const found = comparedRows(before, now, options);
  // The files that a failed run would have read are unknown.
  const isKnown = (change: InputChange): boolean => failures.length === 0 || change.now !== null;
  const lacks = [
    ...failures.map((failure) => ({ reason: failureText(failure), row: rowKey(failure) })),
    ...unknownRows(before, now).map((row) => ({ reason: "the baseline has no such row", row: rowKey(row) })),
    ...found.flatMap(({ row, lacks: reasons }) => reasons.map((reason) => ({ reason, row: rowKey(row) }))),
  ];
  return {
    name,
    path,
    rtmmVersion: before.rtmmVersion,
    seeds: before.seeds,
    rows: before.rows.map(rowKey),
    compared: found.reduce((sum, { compared }) => sum + compared, 0),
    moves: worstFirst(found.flatMap(({ moves }) => moves)),
    lacks: grouped(lacks),
    inputs: inputChanges(before, now).filter(isKnown),
    parameters: parameterChanges(before, now),
    unkept: found.filter(isUnkept).map(({ row }) => rowKey(row)),
    added: countedNames(found.flatMap(({ added }) => added)),
  };
}

interface ComparedRow extends RowMovement {
  readonly row: BaselineRow;
  readonly now: BaselineRow;
  readonly causes: readonly Cause[];
}

/** Rows without a failed run. */
function comparedRows(before: Baseline, now: Baseline, options: JudgeOptions): readonly ComparedRow[] {
  const rowsNow = new Map(now.rows.map((row) => [rowText(row), row]));
  return before.rows.flatMap((row) => {
    const rowNow = rowsNow.get(rowText(row));
    if (rowNow === undefined) return [];
    const causes = causesOf(row, before, now);
    return [{ row, now: rowNow, causes, ...rowMovement(row, rowNow, causes, options) }];
  });
}

/** Measured rows that the baseline lacks. They cannot be compared. */
function unknownRows(before: Baseline, now: Baseline): readonly BaselineRow[] {
  const known = new Set(before.rows.map(rowText));
  return now.rows.filter((row) => !known.has(rowText(row)));
}

/** Whether only the result hash changed, and no stored value. The hash covers parameters, so they must be equal. */
const isUnkept = ({ row, now, causes, moves, added, lacks }: ComparedRow): boolean =>
  moves.length + added.length + lacks.length === 0 &&
  !causes.includes("parameters") &&
  row.results.some((hash, seed) => hash !== now.results[seed]);

const rowKey = ({ scenario, system, scheduler }: RowKey): RowKey => ({ scenario, system, scheduler });

/** The message on one line, without file excerpts. Input errors omit the seed, since all seeds share them. */
function failureText({ failure: { kind, message }, seed }: MeasuredGrid["failures"][number]): string {
  const line = message
    .replace(/^ *\d* \| .*$/gm, "")
    .trim()
    .replace(/\s+/g, " ");
  const text = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
  return kind === "input" ? text : `seed ${seed}: ${text}`;
}

const MOST_CHARACTERS = 500;

/** Lists each reason once with all its rows. */
function grouped(lacks: readonly { readonly reason: string; readonly row: RowKey }[]): readonly Uncompared[] {
  const byReason = new Map<string, Map<string, RowKey>>();
  for (const { reason, row } of lacks) {
    const rows = byReason.get(reason) ?? new Map<string, RowKey>();
    byReason.set(reason, rows.set(rowText(row), row));
  }
  return [...byReason].map(([reason, rows]) => ({ reason, rows: [...rows.values()] }));
}

function countedNames(names: readonly string[]): BaselineReport["added"] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([value, rows]) => ({ value, rows }));
}
