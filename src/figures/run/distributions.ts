/** Whole distributions: response times of each task, and PREMA's SLA satisfaction at N. */
import { percentText } from "../../output/number-text.ts";
import { counted } from "../../output/words.ts";
import type { PicturedRun, TaskDetails } from "../../records/run-details.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type Line, type LineChart, lineChartHeight, lineChartOption } from "../kit/lines.ts";
import type { Look } from "../look.ts";
import { numberOf } from "./values.ts";

/** More lines cannot be told apart. */
const MOST_LINES = 8;

export function distributionFigure({ result, details }: PicturedRun): Figure {
  const id = "latency-distribution";
  const title = "Distribution of response times";
  if (details === undefined)
    return absentFigure(
      id,
      title,
      "The distribution needs the run itself, and it could not be repeated from this result.",
    );
  const completed = details.tasks.filter(({ responseMs }) => responseMs !== null);
  if (completed.length === 0) return absentFigure(id, title, "No job completed.");
  const chosen = mostViolating(result)
    .filter((index) => details.tasks[index]!.responseMs !== null)
    .slice(0, MOST_LINES);
  const lines = chosen.sort((a, b) => a - b).map((index) => responseLine(details.tasks[index]!, index));
  const which =
    chosen.length === completed.length
      ? ""
      : `: the ${MOST_LINES} of ${counted(completed.length, "task")} with the highest violation rates`;
  const hasDeadlines = chosen.some((index) => details.tasks[index]!.deadlineMs !== null);
  return {
    ...{ id, title },
    summary: `Share of completed jobs that responded within a time${which}.${hasDeadlines ? " A diamond is at the deadline." : ""}`,
    data: {
      columns: [
        { name: "task", heading: "task" },
        { name: "percent", heading: "% of completed jobs" },
        { name: "responseMs", heading: "respond within, ms" },
      ],
      rows: completed.flatMap((task) => task.responseMs!.map((ms, percent) => [task.id, percent, ms])),
    },
    ...drawn({
      x: { name: "response time (ms)", min: 0, scale: "auto" },
      y: { name: "share of completed jobs", min: 0, max: 1, format: percentText },
      lines,
    }),
  };
}

/** Indexes of tasks, the highest violation rate first. */
function mostViolating({ tasks }: PicturedRun["result"]): number[] {
  const rate = (index: number): number => numberOf(tasks[index]!, "deadlineViolationRate") ?? -1;
  return tasks.map((_, index) => index).sort((a, b) => rate(b) - rate(a) || a - b);
}

function responseLine({ id, responseMs, deadlineMs }: TaskDetails, index: number): Line {
  const all = responseMs!;
  const within = (ms: number): number => (all.findLastIndex((each) => each <= ms) + (all[0]! <= ms ? 0 : 1)) / 100;
  const deadline = deadlineMs?.least;
  return {
    name: id,
    index,
    symbols: "few",
    points: all.map((ms, percent) => ({ x: ms, y: percent / 100 })),
    ...(deadline !== undefined && deadline > 0 && { mark: [deadline, within(deadline)] as const }),
  };
}

/** undefined if no task has the curve. */
export function slaCurveFigure({ result }: PicturedRun): Figure | undefined {
  const curveOf = ({ curves }: Pick<PicturedRun["result"], "curves">) => curves.slaAtN ?? null;
  const whole = curveOf(result);
  if (whole === null) return undefined;
  const lines = result.tasks.map((task, index) => ({ name: task.id, index, points: curveOf(task) }));
  const known = lines.filter(
    (line): line is typeof line & { points: NonNullable<typeof line.points> } => line.points !== null,
  );
  const chosen = mostViolating(result).slice(0, MOST_LINES);
  const which = known.length <= MOST_LINES ? "" : `; lines: the ${MOST_LINES} tasks with the highest violation rates`;
  return {
    id: "sla-at-n",
    title: "SLA satisfaction at N times the isolated time",
    summary: `Share of released jobs that complete within N times the time that they take alone${which}.`,
    data: {
      columns: [
        { name: "task", heading: "task" },
        { name: "n", heading: "N" },
        { name: "slaAtN", heading: "SLA satisfaction" },
      ],
      rows: [{ name: "all tasks", points: whole }, ...known].flatMap(({ name, points }) =>
        points.map(({ x, y }) => [name, x, y]),
      ),
    },
    ...drawn({
      x: { name: "N: target, in isolated times" },
      y: { name: "share of released jobs", min: 0, max: 1, format: percentText },
      lines: known.filter(({ index }) => chosen.includes(index)).map((line) => ({ ...line, symbols: "few" })),
    }),
  };
}

const drawn = (chart: LineChart): Pick<Figure, "height" | "option"> => ({
  height: (look: Look) => lineChartHeight(chart, look),
  option: (look: Look) => lineChartOption(chart, look),
});
