/** A decision as a table: a row for each candidate, a column for each term. */
import type { JobName, JudgedCandidate, Judgement } from "../../records/explanation.ts";
import { nothing, significant } from "../number-text.ts";
import type { Table } from "../text-table.ts";
import { left, right } from "../text-table.ts";
import { counted } from "../words.ts";
import { jobText, msText } from "./step-text.ts";

/** Beside those of the explained job. */
const MOST_RIVALS = 4;

/** `>` the choice, `*` the explained job. */
export const MARKS = "> picked, * this job";

/** undefined: the policy named no candidates. */
export function judgementTable(judgement: Judgement, job: JobName): Table | undefined {
  const { candidates } = judgement;
  if (candidates.length === 0) return undefined;
  const shown = shownCandidates(judgement, job);
  const terms = [...new Set(shown.flatMap((each) => Object.keys(each.terms ?? {})))];
  const scores = hasScores(shown) ? [(each: JudgedCandidate) => numberText(each.score)] : [];
  const mark = (each: JudgedCandidate): string => `${each === candidates[0] ? ">" : ""}${isOf(job)(each) ? "*" : ""}`;
  const place = commonPlace(shown);
  return {
    columns: [
      left(""),
      right("job"),
      ...scores.map(() => right("score")),
      ...terms.map((name) => right(heading(name))),
    ],
    rows: shown.map((each) => [
      mark(each),
      each.accelerator === undefined || place !== undefined ? jobText(each) : `${jobText(each)} on ${each.accelerator}`,
      ...scores.map((scoreOf) => scoreOf(each)),
      ...terms.map((name) => termText(name, each.terms?.[name])),
    ]),
  };
}

/** `at 12.300 by earliest deadline, on ws (3 more candidates)`. */
export function judgementCaption(judgement: Judgement, job: JobName): string {
  const { rule, atMs, candidates } = judgement;
  const shown = shownCandidates(judgement, job);
  const place = commonPlace(shown);
  const hidden = candidates.length - shown.length;
  const more = hidden === 0 ? "" : ` (${counted(hidden, "more candidate")})`;
  return `at ${msText(atMs)} by ${rule}${place === undefined ? "" : `, on ${place}`}${more}`;
}

const isOf =
  (job: JobName) =>
  (each: JobName): boolean =>
    each.task === job.task && each.job === job.job;

function shownCandidates({ candidates }: Judgement, job: JobName): readonly JudgedCandidate[] {
  const rivals = candidates.filter((each) => !isOf(job)(each));
  return candidates.filter((each) => isOf(job)(each) || rivals.indexOf(each) < MOST_RIVALS);
}

/** The accelerator of all of them; undefined: they differ, or are of none. */
function commonPlace(shown: readonly JudgedCandidate[]): string | undefined {
  const [place, ...others] = new Set(shown.map(({ accelerator }) => accelerator));
  return others.length === 0 ? place : undefined;
}

/** A score that is the only term says nothing more. */
const hasScores = (shown: readonly JudgedCandidate[]): boolean =>
  shown.some(({ score, terms = {} }) => score !== undefined && !Object.values(terms).includes(score));

const isNs = (name: string): boolean => name.endsWith("Ns");
const heading = (name: string): string => (isNs(name) ? `${name.slice(0, -2)}Ms` : name);

/** Terms in ns are shown in ms, to the µs. */
const termText = (name: string, value: number | undefined): string =>
  value !== undefined && isNs(name) && Number.isFinite(value) ? msText(value / 1e6) : numberText(value);

/** An infinite deadline or slack: there is none. */
function numberText(value: number | undefined): string {
  if (value === undefined || value === Infinity) return nothing;
  return significant(value);
}
