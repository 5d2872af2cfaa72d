/** The main figures of the reproduced papers and of horizon, made of the tables of their reproductions. */
import type { FigureTable, Reproduction } from "../../records/reproduction.ts";
import type { Figure } from "../figure.ts";
import { claimFigures } from "./claims.ts";
import { columnCurves, groupedBars, tableMap } from "./tables.ts";

/** The claims, then the figures of whichever known tables there are. */
export const reproductionFigures = (reproduction: Reproduction): readonly Figure[] => [
  ...claimFigures(reproduction),
  ...reproduction.tables.flatMap((table) => makers[reproduction.paper]?.[table.name]?.(table) ?? []),
];

type Maker = (table: FigureTable) => readonly Figure[];

const columnsWithout = ({ columns }: FigureTable, ...names: readonly string[]) =>
  columns.filter(({ name }) => !names.includes(name));

/** DREAM, figures 7 and 8: UXCost by scenario and scheduler. Variants that keep late jobs are in the tables. */
const uxCostBars: Maker = (table) => [
  groupedBars(
    { table, id: "ux-cost-by-scenario", title: "UXCost by scenario and scheduler" },
    {
      groups: "scenario",
      bars: columnsWithout(table, "system", "scenario").filter(({ name }) => !name.endsWith("keeps late")),
      axis: "UXCost (geometric mean)",
    },
  ),
];

/** How many cases come close to the grid's best, by step. */
const convergence: Maker = (table) => {
  const steps = table.columns.filter(({ name }) => /^step\d+$/.test(name));
  const hasValues = table.rows.some((row) => steps.some(({ name }) => typeof row[name] === "number"));
  if (!hasValues) return [];
  return [
    tableMap(
      { table, id: "search-convergence", title: "Cases near the grid's best, by step of the search" },
      ({ scenario }) => String(scenario),
      steps,
    ),
  ];
};

const load: Maker = (table) => [
  tableMap(
    { table, id: "ux-cost-by-load", title: "UXCost below that of Planaria as rates grow" },
    ({ rates }) => String(rates),
    columnsWithout(table, "rates", "planariaViolations", "veltairViolations", "violations"),
    "diverging",
  ),
];

const slaCurves =
  (id: string, title: string): Maker =>
  (table) => {
    const [x, ...lines] = table.columns;
    return x === undefined ? [] : [columnCurves({ table, id, title }, x, lines, "SLA satisfaction")];
  };

/** ANTT, STP and SLA satisfaction of the policies. */
const policies: Maker = (table) => {
  const named = {
    ...table,
    rows: table.rows.map((row) => ({ ...row, policy: `${row.policy}${row.mode ? ` (${row.mode})` : ""}` })),
  };
  return (["antt", "stp", "sla"] as const).flatMap((name) => {
    const column = table.columns.find((each) => each.name === name);
    if (column === undefined) return [];
    return [
      groupedBars(
        { table: named, id: `policies-${name}`, title: `${column.heading} by policy` },
        { groups: "policy", bars: [column], axis: column.heading },
      ),
    ];
  });
};

const scores =
  (id: string, title: string): Maker =>
  (table) => [
    tableMap(
      { table, id, title },
      ({ style, system }) => `${style} (${system})`,
      columnsWithout(table, "style", "system"),
    ),
  ];

/** How far horizon is below the best of each case. */
const belowBest: Maker = (table) => [
  tableMap(
    { table, id: "below-best-by-scenario", title: "Guarded UXCost below the best policy of each case" },
    ({ scenario }) => String(scenario),
    columnsWithout(table, "scenario"),
    "diverging",
  ),
];

/** Horizon's ratio to every other policy. */
const toOthers: Maker = (table) => [
  groupedBars(
    { table, id: "to-others", title: "Guarded UXCost of horizon to that of others" },
    {
      groups: "rival",
      bars: table.columns.filter(({ name }) => name === "meetable" || name === "overloaded"),
      axis: "ratio (geometric mean over cases)",
    },
  ),
];

const uxPaper = { cases: uxCostBars, convergence, load };

/** By paper and table. */
const makers: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  dream: uxPaper,
  sdrm3: uxPaper,
  prema: {
    policies,
    "sla-not-preemptive": slaCurves("sla-not-preemptive", "SLA satisfaction, not preemptive"),
    "sla-preemptive": slaCurves("sla-preemptive", "SLA satisfaction, preemptive"),
  },
  xrbench: {
    "paper-4k": scores("scores-4k", "XRBench scores by accelerator style, 4096 PEs"),
    "paper-8k": scores("scores-8k", "XRBench scores by accelerator style, 8192 PEs"),
  },
  horizon: { "scenario-loads": belowBest, rivals: toOthers },
};
