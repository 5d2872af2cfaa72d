/** What became of the jobs of each task: in time, late, dropped. */
import { percentText } from "../../output/number-text.ts";
import { counted } from "../../output/words.ts";
import type { PicturedRun } from "../../records/run-details.ts";
import type { TaskResult } from "../../records/run-result.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type RowChart, type RowPart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import { type Look, seriesColor } from "../look.ts";
import { numberOf, shownShare } from "./values.ts";

const id = "sla";
const title = "SLA satisfaction by task";

/** Numbers of jobs. */
interface Fates {
  readonly task: string;
  readonly released: number;
  /** Completed in time. */
  readonly inTime: number;
  /** Completed, and had no deadline. */
  readonly free: number;
  readonly late: number;
  readonly dropped: number;
  readonly slaSatisfaction: number | null;
}

type Bound = PicturedRun["leastViolations"];

export function slaFigure({ result, leastViolations: bound }: PicturedRun): Figure {
  const fates = result.tasks.map(fatesOf);
  if (fates.every(({ released }) => released === 0)) return absentFigure(id, title, "No job was released.");
  const chart = (look: Look): RowChart => chartOf(fates, bound, look);
  return {
    id,
    title,
    summary: `${summaryOf(result, fates)}${boundText(bound)}`,
    data: {
      columns: ["task", "released", "inTime", "withoutDeadline", "late", "dropped", "slaSatisfaction"].map(
        (name, index) => ({ name, heading: headings[index]! }),
      ),
      rows: fates.map((each) => [
        ...[each.task, each.released, each.inTime, each.free, each.late, each.dropped],
        each.slaSatisfaction,
      ]),
    },
    height: (look) => rowChartHeight(chart(look), look),
    option: (look) => rowChartOption(chart(look), look),
  };
}

const headings = ["task", "released", "in time", "completed, no deadline", "late", "dropped", "SLA satisfaction"];

function fatesOf(task: TaskResult): Fates {
  const count = (name: string): number => numberOf(task, name) ?? 0;
  const slaSatisfaction = numberOf(task, "slaSatisfaction");
  const punctual = count("completed") - count("late");
  return {
    task: task.id,
    released: count("released"),
    inTime: slaSatisfaction === null ? 0 : punctual,
    free: slaSatisfaction === null ? punctual : 0,
    late: count("late"),
    dropped: count("dropped"),
    slaSatisfaction,
  };
}

function summaryOf({ metrics }: PicturedRun["result"], fates: readonly Fates[]): string {
  const total = (name: "released" | "late" | "dropped") => fates.reduce((sum, each) => sum + each[name], 0);
  const isClean = total("late") + total("dropped") === 0 && total("released") > 0;
  if (isClean && fates.every(({ slaSatisfaction }) => slaSatisfaction !== null))
    return `${total("released") === 1 ? "The only job is" : `All ${total("released")} jobs are`} in time.`;
  const misses = `${total("late")} of ${counted(total("released"), "job")} complete late and ${total("dropped")} ${total("dropped") === 1 ? "is" : "are"} dropped`;
  const worst = fates
    .filter(({ slaSatisfaction }) => slaSatisfaction !== null)
    .reduce<Fates | undefined>(
      (low, each) => (low === undefined || each.slaSatisfaction! < low.slaSatisfaction! ? each : low),
      undefined,
    );
  if (worst === undefined) return `${misses}; no task has a deadline.`;
  return `${misses}; SLA satisfaction is ${shownShare(metrics.slaSatisfaction ?? null)}, the least is ${shownShare(worst.slaSatisfaction)} for ${worst.task}.`;
}

const boundText = (bound: Bound): string =>
  bound === undefined
    ? ""
    : ` Under any scheduler at least ${bound.violations} of ${counted(bound.jobs, "job")} with a deadline ${bound.violations === 1 ? "misses" : "miss"} it, by proof.`;

/** No task has such an id. */
const ANY = "any scheduler";

/** What no scheduler can pass, as a row of its own. */
function boundParts(bound: NonNullable<Bound>, rows: number, { colors }: Look): readonly RowPart[] {
  const last = (value: number) => [...Array<null>(rows).fill(null), value];
  const missed = bound.violations / bound.jobs;
  return [
    { kind: "bars", name: "at most in time", color: seriesColor(colors, 5), pattern: 2, values: last(1 - missed) },
    { kind: "bars", name: "missed by any scheduler", color: colors.bad, pattern: 4, values: last(missed) },
  ];
}

function chartOf(fates: readonly Fates[], bound: Bound, look: Look): RowChart {
  const { colors } = look;
  const kinds = [
    { name: "in time", key: "inTime", color: seriesColor(colors, 0), pattern: 0 },
    { name: "completed, no deadline", key: "free", color: seriesColor(colors, 5), pattern: 2 },
    { name: "late", key: "late", color: seriesColor(colors, 1), pattern: 1 },
    { name: "dropped", key: "dropped", color: colors.quietText, pattern: 3 },
  ] as const;
  const present = kinds.filter(({ key }) => fates.some((each) => each[key] > 0));
  return {
    rows: [...fates.map(({ task }) => task), ...(bound === undefined ? [] : [ANY])],
    panels: [
      {
        axis: { name: "share of released jobs; right: SLA satisfaction", min: 0, max: 1, format: percentText },
        parts: [
          ...present.map(({ name, key, color, pattern }) => ({
            kind: "bars" as const,
            ...{ name, color, pattern },
            values: fates.map((each) => (each.released === 0 ? null : each[key] / each.released)),
          })),
          ...(bound === undefined ? [] : boundParts(bound, fates.length, look)),
        ],
        ends: [
          ...fates.map(({ slaSatisfaction }) => shownShare(slaSatisfaction)),
          ...(bound === undefined ? [] : [`≤ ${shownShare(1 - bound.violations / bound.jobs)}`]),
        ],
      },
    ],
  };
}
