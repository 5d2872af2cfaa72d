/** Where two results of the same run differ. */
import type { RunResult } from "./run-result.ts";

export interface Difference {
  /** `scenario`, or `task es`, `accelerator ws`. */
  readonly scope: string;
  /** Name of a metric or curve. */
  readonly metric: string;
  /** As JSON. */
  readonly before: string;
  readonly now: string;
}

/** In catalogue order; empty where every number is the same. */
export function differences(before: RunResult, now: RunResult): readonly Difference[] {
  const scopesNow = new Map(scopesOf(now));
  return scopesOf(before).flatMap(([scope, values]) => valueDifferences(scope, values, scopesNow.get(scope) ?? {}));
}

type ScopeValues = Readonly<Record<string, unknown>>;

const scopesOf = ({ metrics, curves, tasks, accelerators }: RunResult): [string, ScopeValues][] => [
  ["scenario", { ...metrics, ...curves }],
  ...tasks.map(({ curves: own, ...values }): [string, ScopeValues] => [`task ${values.id}`, { ...values, ...own }]),
  ...accelerators.map((values): [string, ScopeValues] => [`accelerator ${values.id}`, values]),
];

function valueDifferences(scope: string, before: ScopeValues, now: ScopeValues): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .map((metric) => ({ scope, metric, before: asJson(before[metric]), now: asJson(now[metric]) }))
    .filter((each) => each.before !== each.now);
}

const asJson = (value: unknown): string => (value === undefined ? "absent" : JSON.stringify(value));
