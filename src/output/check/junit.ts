/** A check as JUnit XML for GitLab, Jenkins and GitHub actions: one test case per row of the baseline. */

import { XMLBuilder } from "fast-xml-parser";
import type { BaselineReport, CheckReport, FailOn, Move, RowKey } from "../../records/check-report.ts";
import { rowText } from "../words.ts";
import * as text from "./rows.ts";

/** XML text, line end included. */
export function junitText(report: CheckReport): string {
  const suites = [...report.baselines.map((each) => baselineSuite(each, report.failOn)), ...requirementSuite(report)];
  const cases = suites.flatMap(({ testcase }) => testcase);
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });
  return `${builder.build({
    "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" },
    testsuites: { "@_name": "rtmm check", ...totals(cases), testsuite: suites },
  })}`;
}

interface TestCase {
  readonly "@_classname": string;
  readonly "@_name": string;
  readonly "@_time": 0;
  /** A value moved too far. */
  readonly failure?: Outcome;
  /** There was nothing to compare with. */
  readonly error?: Outcome;
}

interface Outcome {
  readonly "@_message": string;
  readonly "@_type": string;
  readonly "#text": string;
}

interface TestSuite {
  readonly "@_name": string;
  readonly testcase: readonly TestCase[];
}

function baselineSuite(baseline: BaselineReport, failOn: FailOn): TestSuite {
  const { name, rows, compared, lacks } = baseline;
  const failures = failuresByRow(baseline, failOn);
  const reasons = new Map<string, string[]>();
  for (const { reason, rows: ofReason } of lacks) for (const row of ofReason) append(reasons, row, reason);
  // Rows that the baseline lacks are cases, too.
  const places = new Set([...rows.map(rowText), ...reasons.keys()]);
  const cases = [...places].map((place) => testCase(name, place, failures.get(place), reasons.get(place)));
  const isEmpty = compared === 0 && lacks.length === 0;
  return suite(name, isEmpty ? [...cases, testCase(name, name, undefined, ["nothing was compared"])] : cases);
}

function failuresByRow({ moves, unkept }: BaselineReport, failOn: FailOn): ReadonlyMap<string, readonly string[]> {
  const failures = new Map<string, string[]>();
  for (const move of moves) if (move.fails) append(failures, move, moveText(move));
  if (failOn === "change")
    for (const row of unkept) append(failures, row, "values that a baseline does not store changed");
  return failures;
}

function append(lists: Map<string, string[]>, row: RowKey, line: string): void {
  const place = rowText(row);
  const known = lists.get(place);
  if (known === undefined) lists.set(place, [line]);
  else known.push(line);
}

function moveText(move: Move): string {
  const { verdict, causes } = move;
  const numbers = `${text.numberText(move.before, move)} -> ${text.numberText(move.now, move)}`;
  return `${text.valueTitle(move)}: ${numbers} (${text.changeShareText(move)}), ${verdict}, by ${text.causesText(causes)}`;
}

/** One case per requirement. Its name leaves out the value found, so that every check reports the same test. */
function requirementSuite({ requirements }: CheckReport): readonly TestSuite[] {
  if (requirements.length === 0) return [];
  const cases = requirements.map(({ requirement, text: words, isMet }) =>
    testCase("requirements", requirement, isMet ? undefined : [words], undefined),
  );
  return [suite("requirements", cases)];
}

const suite = (name: string, cases: readonly TestCase[]): TestSuite => ({
  "@_name": clean(name),
  ...totals(cases),
  testcase: cases,
});

const totals = (cases: readonly TestCase[]) => ({
  "@_tests": cases.length,
  "@_failures": cases.filter(({ failure }) => failure !== undefined).length,
  "@_errors": cases.filter(({ error }) => error !== undefined).length,
  "@_skipped": 0,
  "@_time": 0,
});

/** What could not be compared is an error and not also a failure, because readers count a case once. */
function testCase(
  className: string,
  name: string,
  failures: readonly string[] | undefined,
  errors: readonly string[] | undefined,
): TestCase {
  return {
    "@_classname": clean(`rtmm.${className}`),
    "@_name": clean(name),
    "@_time": 0,
    ...(errors !== undefined
      ? { error: outcome("incomparable", errors) }
      : failures !== undefined && { failure: outcome("regression", failures) }),
  };
}

const outcome = (type: string, lines: readonly string[]): Outcome => ({
  "@_message": clean(lines.length === 1 ? lines[0]! : `${lines[0]}; and ${lines.length - 1} more`),
  "@_type": type,
  "#text": lines.map(clean).join("\n"),
});

/** On one line, without the characters that XML 1.0 cannot contain. */
const clean = (words: string): string =>
  words
    .replace(/\s+/g, " ")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are removed.
    .replace(/[\u0000-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
