/** Baselines as `rtmm baseline list` and `show` tell of them. */
import { metrics } from "../../metrics/index.ts";
import type { Field, Listing } from "../../output/listing.ts";
import { nothing, readable, significant, unitText } from "../../output/number-text.ts";
import { variedText } from "../../output/variation-text.ts";
import { mean } from "../statistics/mean.ts";
import type { Baseline, BaselineRow, SeedValues } from "./baseline.ts";
import type { StoredBaseline } from "./baseline-file.ts";

export const baselineListing = (stored: readonly StoredBaseline[]): Listing<StoredBaseline> => ({
  fields: [
    text("name", ({ name }) => name),
    number("rows", ({ baseline }) => baseline.rows.length),
    number("seeds", ({ baseline }) => baseline.seeds.length),
    text("systems", ({ baseline }) => namesOf(baseline, "system")),
    text("schedulers", ({ baseline }) => namesOf(baseline, "scheduler")),
    text("scenarios", ({ baseline }) => namesOf(baseline, "scenario")),
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

const namesOf = ({ rows }: Baseline, key: "scenario" | "system" | "scheduler"): string =>
  [...new Set(rows.map((row) => row[key]))].join(" ");

/** What was run, with which parameters; a line each. */
export function baselineHead({ name, path, baseline }: StoredBaseline): readonly string[] {
  const { rtmmVersion, seeds, durationMs, warmupMs, variation, schedulers, cases, inputs } = baseline;
  const duration = durationMs === null ? "each scenario's duration" : `${durationMs} ms`;
  const warmup = warmupMs === 0 ? "" : ` after ${warmupMs} ms`;
  return [
    `${name} (${path}): written by rtmm ${rtmmVersion}`,
    `${variedText(`${cases.length} cases`, variation)}, seeds ${seeds.join(", ")}, ${duration}${warmup}, ${Object.keys(inputs).length} files`,
    ...schedulers.map(({ label, params }) => {
      const values = Object.entries(params).map(([parameter, value]) => `${parameter}=${value}`);
      return `${label}: ${values.join(" ") || "no parameters"}`;
    }),
  ];
}

/** Means over the seeds, of these in tables and of everything in CSV. */
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
      return { name, value: (row) => row[name], column: { heading: name, align: "left" } };
    }),
    ...valueNames(rows).map(valueField),
  ],
  records: rows,
});

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

/** null where a seed has nothing to measure: a mean over the others would not compare. */
function meanOf(values: SeedValues): number | null {
  const given = values.filter((value) => value !== null);
  return given.length === 0 || given.length < values.length ? null : mean(given);
}
