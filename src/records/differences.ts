/** The differences between two results of the same run. */
import type { RunResult } from "./run-result.ts";

export interface Difference {
  /** Such as `scenario`, `task es` or `accelerator ws`. */
  readonly scope: string;
  /** Name of a metric or curve. */
  readonly metric: string;
  /** In JSON; `absent` if there is no such value. */
  readonly before: string;
  readonly now: string;
}

/** In catalogue order; empty if all numbers are the same. */
export function differences(before: RunResult, now: RunResult): readonly Difference[] {
  const scopesNow = new Map(scopesOf(now));
  return scopesOf(before).flatMap(([scope, values]) => valueDifferences(scope, values, scopesNow.get(scope) ?? {}));
}

type ScopeValues = Readonly<Record<string, unknown>>;

const scopesOf = ({ metrics, curves, tasks, accelerators }: RunResult): [string, ScopeValues][] => [
  ["scenario", { ...metrics, ...curves }],
  ...tasks.map(({ curves: ofTask, ...values }): [string, ScopeValues] => [
    `task ${values.id}`,
    { ...values, ...ofTask },
  ]),
  ...accelerators.map((values): [string, ScopeValues] => [`accelerator ${values.id}`, values]),
];

function valueDifferences(scope: string, before: ScopeValues, now: ScopeValues): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .map((metric) => ({ scope, metric, before: asJson(before[metric]), now: asJson(now[metric]) }))
    .filter((each) => each.before !== each.now);
}

const asJson = (value: unknown): string => (value === undefined ? "absent" : JSON.stringify(value));
