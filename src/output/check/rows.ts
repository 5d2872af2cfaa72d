/** The text that all formats of a check share. */

import type { BaselineReport, Cause, CheckReport, InputChange, Move, MoveVerdict } from "../../records/check-report.ts";
import { readable, significant, unitText } from "../number-text.ts";
import { counted, firstOf, MOST_NAMED, rowText, seedsText } from "../words.ts";

export const verdictText = ({ verdict }: CheckReport): string =>
  verdict === "incomparable" ? "failed, not everything could be compared" : verdict;

/** One line, such as `xrbench: 72 rows, 5184 values, seeds 1 to 2; 3 values worse, 1 better`. */
export function summaryText({ name, rows, compared, seeds, moves, unkept }: BaselineReport): string {
  const counts = (["worse", "changed", "better", "tolerated"] as const).flatMap((verdict) => {
    const count = moves.filter((move) => move.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdictWords[verdict]}`];
  });
  const others =
    unkept.length === 0 ? [] : [`${counted(unkept.length, "row")} changed only in values that are not stored`];
  const found = [...counts, ...others].join(", ") || (compared === 0 ? "nothing compared" : "nothing moved");
  return `${name}: ${counted(rows.length, "row")}, ${counted(compared, "value")}, ${seedsText(seeds)}; ${found}`;
}

const verdictWords: Readonly<Record<MoveVerdict, string>> = {
  worse: "worse",
  changed: "changed",
  better: "better",
  tolerated: "within tolerance",
};

/** Which schedulers' rows moved, as `moved: dream in 5 of 5 rows, sdrm3 in 3 of 5`; none if nothing did. */
export function movedLines({ rows, moves }: BaselineReport): readonly string[] {
  const moved = new Map<string, Set<string>>();
  for (const move of moves) {
    const places = moved.get(move.scheduler) ?? new Set();
    moved.set(move.scheduler, places.add(rowText(move)));
  }
  if (moved.size === 0) return [];
  const counts = [...moved].map(([scheduler, places]) => {
    const all = rows.filter((row) => row.scheduler === scheduler).length;
    return `${scheduler} in ${places.size} of ${counted(all, "row")}`;
  });
  return [`moved: ${firstOf(counts)}`];
}

/** Heading of the lines about what else changed. */
export const reasonTitle = (moves: readonly Move[]): string =>
  moves.length === 0 ? "Changed since, without effect" : "What moved them";

/** What changed besides the numbers, and what that means; one line each. */
export function reasonLines(report: BaselineReport, { rtmmVersion }: CheckReport): readonly string[] {
  const { inputs, parameters, moves, rtmmVersion: versionThen } = report;
  const byCode = moves.some(({ causes }) => causes.includes("code"));
  return [
    ...inputs.map(inputText),
    ...parameters.map(
      ({ scheduler, parameter, before, now }) => `parameter of ${scheduler}: ${parameter} ${changeText(before, now)}`,
    ),
    ...(versionThen === rtmmVersion ? [] : [`rtmm: ${versionThen} then, ${rtmmVersion} now`]),
    ...(byCode
      ? ["code: if neither inputs nor parameters changed, rtmm's code did, or a package that a policy imports"]
      : []),
  ];
}

function inputText({ file, before, now }: InputChange): string {
  if (before === null) return `input ${file}: not read then`;
  return now === null ? `input ${file}: no longer read` : `input ${file}: sha256 ${before}… then, ${now}… now`;
}

function changeText(before: unknown, now: unknown): string {
  if (before === null) return `is new (${now})`;
  return now === null ? `is gone (was ${before})` : `${before} then, ${now} now`;
}

/** Advice and remarks. */
export function adviceLines({
  name,
  inputs,
  parameters,
  moves,
  added,
  unkept,
  lacks,
}: BaselineReport): readonly string[] {
  const hasMoved = moves.length + unkept.length + lacks.length > 0;
  const isStale = !hasMoved && inputs.length + parameters.length > 0;
  const values = added.map(({ value }) => value);
  return [
    ...(isStale ? [`${name}: no value moved; \`rtmm check --update\` records what changed`] : []),
    ...(values.length === 0
      ? []
      : [`${name}: not in the baseline, so not compared: ${firstOf(values)}; \`rtmm check --update\` adds them`]),
    ...unkept
      .slice(0, MOST_NAMED)
      .map(
        (row) =>
          `${rowText(row)}: changed only in values that a baseline does not store (curves, phases, accelerators)`,
      ),
  ];
}

/** Reason and rows of what is missing, one line each. */
export const lackLines = ({ lacks }: BaselineReport): readonly string[] =>
  lacks.map(({ reason, rows }) => `${reason} (${firstOf(rows.map(rowText), 3)})`);

/** With the unit, if the name does not contain it. */
export const valueTitle = ({ value, unit }: Move): string => (unit === "share" ? `${value} ${unitText(unit)}` : value);

/** Means of counts may be fractions. */
export const numberText = (value: number | null, { unit }: Move): string =>
  value !== null && unit === "count" && !Number.isInteger(value) ? significant(value) : readable(value, unit);

/** Signed; in percent of the old value. */
export function changeShareText({ change, before, now }: Move): string {
  if (change !== null) return `${signed(change * 100)} %`;
  if (now === null) return "gone";
  return before === null ? "new" : "from 0";
}

/** Of the paired difference; none for one seed. */
export function intervalText({ interval, unit }: Move): string {
  if (interval === null) return "";
  const { low, high } = interval;
  if (low <= 0 && high >= 0) return "no difference shown";
  const scale = unit === "share" ? 100 : 1;
  return `${signed(low * scale)} to ${signed(high * scale)}`;
}

const signed = (value: number): string => `${value > 0 ? "+" : ""}${significant(value)}`;

export const causesText = (causes: readonly Cause[]): string => causes.join(", ");
