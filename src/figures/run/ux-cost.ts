/** UXCost split into its two factors, by task. */
import { significant } from "../../output/number-text.ts";
import type { PicturedRun, TaskDetails } from "../../records/run-details.ts";
import type { Figure } from "../figure.ts";
import { absentFigure } from "../kit/absent.ts";
import { type RowChart, rowChartHeight, rowChartOption } from "../kit/rows.ts";
import type { Look } from "../look.ts";
import { seriesColor } from "../look.ts";
import { energyAbsence, numberOf, shown, sumOf } from "./values.ts";

const id = "ux-cost";
const title = "UXCost by its two factors";

export function uxCostFigure({ result, details }: PicturedRun): Figure {
  const { uxCost = null } = result.metrics;
  if (uxCost === null) return absentFigure(id, title, absenceOf(result));
  if (details === undefined) {
    const sentence = "The parts of UXCost need the run itself, and it could not be repeated from this result.";
    return absentFigure(id, title, `UXCost is ${significant(uxCost)}. ${sentence}`);
  }
  const { tasks } = details;
  const violations = sumOf(tasks.map(({ violationTerm }) => violationTerm));
  const energies = sumOf(tasks.map(({ energyTerm }) => energyTerm));
  return {
    id,
    title,
    summary: `UXCost is ${significant(uxCost)}: the sum of violation rates, ${significant(violations)}, times the sum of energies relative to the worst case, ${significant(energies)}.`,
    data: {
      columns: [
        { name: "task", heading: "task" },
        { name: "deadlineViolationRate", heading: "violation rate" },
        { name: "violationTerm", heading: "term of the violation rate" },
        { name: "energyTerm", heading: "energy / worst case" },
      ],
      rows: tasks.map((task, index) => [
        task.id,
        numberOf(result.tasks[index] ?? {}, "deadlineViolationRate"),
        task.violationTerm,
        task.energyTerm,
      ]),
    },
    height: (look) => rowChartHeight(chart(tasks, violations, energies, look), look),
    option: (look) => rowChartOption(chart(tasks, violations, energies, look), look),
  };
}

function absenceOf(result: PicturedRun["result"]): string {
  const why = energyAbsence(result) ?? "No job has a deadline, or no task took energy.";
  return `UXCost is absent. ${why}`;
}

function chart(tasks: readonly TaskDetails[], violations: number, energies: number, look: Look): RowChart {
  const violationTerms = tasks.map(({ violationTerm }) => violationTerm);
  const energyTerms = tasks.map(({ energyTerm }) => energyTerm);
  return {
    rows: tasks.map((task) => task.id),
    panels: [
      {
        axis: { name: `violation rate\nsum ${significant(violations)}`, min: 0 },
        parts: [{ kind: "bars", name: "", color: seriesColor(look.colors, 1), values: violationTerms, pattern: 1 }],
        ends: violationTerms.map((term) => shown(term)),
      },
      {
        axis: { name: `energy / worst case\nsum ${significant(energies)}`, min: 0 },
        parts: [{ kind: "bars", name: "", color: seriesColor(look.colors, 0), values: energyTerms, pattern: 0 }],
        ends: energyTerms.map((term) => shown(term)),
      },
    ],
  };
}
