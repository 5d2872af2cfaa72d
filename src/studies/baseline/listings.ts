/** Output of `rtmm baseline list` and `rtmm baseline show`. */

import { mean } from "../../analysis/statistics/mean.ts";
import { metrics } from "../../metrics/index.ts";
import type { Field, Listing } from "../../output/listing.ts";
import { nothing, readable, significant, unitText } from "../../output/number-text.ts";
import { variedText } from "../../output/variation-text.ts";
import { counted } from "../../output/words.ts";
import type { RowKey } from "../../records/check-report.ts";
import type { Baseline, BaselineRow, SeedValues } from "./baseline.ts";
import type { StoredBaseline } from "./baseline-file.ts";

export const baselineListing = (stored: readonly StoredBaseline[]): Listing<StoredBaseline> => ({
  fields: [
    text("name", ({ name }) => name),
    number("rows", ({ baseline }) => baseline.rows.length),
    number("seeds", ({ baseline }) => baseline.seeds.length),
    names("systems", "system"),
    names("schedulers", "scheduler"),
    names("scenarios", "scenario"),
    { name: "rtmmVersion", value: ({ baseline }) => baseline.rtmmVersion },
    { name: "path", value: ({ path }) => path },
  ],
  records: stored,
});

const text = (name: string, value: (stored: StoredBaseline) => string): Field<StoredBaseline> => ({
  name,
  value,
  column: { heading: name, align: "left" },
});

const number = (name: string, value: (stored: StoredBaseline) => number): Field<StoredBaseline> => ({
  name,
  value,
  column: { heading: name, align: "right" },
});

/** Lists all names. A table shows the first one and how many more there are. */
function names(name: string, key: keyof RowKey): Field<StoredBaseline> {
  const namesOf = ({ baseline: { rows } }: StoredBaseline) => [...new Set(rows.map((row) => row[key]))];
  const short = (stored: StoredBaseline): string => {
    const [first, ...rest] = namesOf(stored);
    return rest.length > 1 ? `${first} and ${rest.length} more` : [first, ...rest].join(" ");
  };
  const value = (stored: StoredBaseline): string => namesOf(stored).join(" ");
  return { name, value, column: { heading: name, align: "left", text: short } };
}

/** Lines that say what was run and with which parameters. */
export function baselineHead({ name, path, baseline }: StoredBaseline): readonly string[] {
  const { rtmmVersion, seeds, durationMs, warmupMs, variation, schedulers, cases, inputs, rows } = baseline;
  const duration = durationMs === null ? "each scenario's duration" : `${durationMs} ms`;
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return [
    `${name} (${path}): written by rtmm ${rtmmVersion}`,
    `${variedText(counted(cases.length, "case"), variation)} on ${systemsOf(rows).join(", ")}`,
    `seeds ${seeds.join(", ")}, ${duration}${warmup}, ${Object.keys(inputs).length} files`,
    ...schedulers.map(({ label, params }) => {
      const values = Object.entries(params).map(([parameter, value]) => `${parameter}=${value}`);
      return `${label}: ${values.join(" ") || "no parameters"}`;
    }),
  ];
}

/** Metrics in tables, with their headings. CSV has all values. Both show means over the seeds. */
const shown = new Map([
  ["uxCost", "UXCost"],
  ["uxCostGuarded", "guarded"],
  ["slaSatisfaction", "SLA"],
  ["p99Ms", "p99"],
  ["energyMj", "energy"],
]);

export const rowListing = ({ rows }: Baseline): Listing<BaselineRow> => ({
  fields: [
    ...(["scenario", "system", "scheduler"] as const).map((name): Field<BaselineRow> => {
      const field: Field<BaselineRow> = { name, value: (row) => row[name] };
      // A value that all rows share is in the head.
      const isShared = name === "system" && systemsOf(rows).length === 1;
      return isShared ? field : { ...field, column: { heading: name, align: "left" } };
    }),
    ...valueNames(rows).map(valueField),
  ],
  records: rows,
});

const systemsOf = (rows: readonly BaselineRow[]): readonly string[] => [...new Set(rows.map(({ system }) => system))];

const valueNames = (rows: readonly BaselineRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ values }) => Object.keys(values))),
];

function valueField(name: string): Field<BaselineRow> {
  const value = ({ values }: BaselineRow): number | null => meanOf(values[name] ?? []);
  const title = shown.get(name);
  if (title === undefined) return { name, value };
  const { unit } = metrics.find((metric) => metric.name === name)!;
  const heading = `${title} ${unitText(unit)}`.trimEnd();
  return { name, value, column: { heading, align: "right", text: (row) => valueText(value(row), unit) } };
}

function valueText(value: number | null, unit: Parameters<typeof readable>[1]): string {
  if (value === null) return nothing;
  return unit === "count" ? significant(value) : readable(value, unit);
}

/** null if a seed has nothing to measure: a mean over the others would not be comparable. */
function meanOf(values: SeedValues): number | null {
  const given = values.filter((value) => value !== null);
  return given.length === 0 || given.length < values.length ? null : mean(given);
}
