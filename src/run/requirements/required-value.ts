/** The value of a run that a requirement names: `p99Ms`, `tasks.ht.p99Ms` or `accelerators.ws.utilisation`. */
import { didYouMean, nameHint } from "../../input/closest.ts";
import { quote } from "../../input/quote.ts";
import { RequestError } from "../../input/request-error.ts";
import { curves, metrics } from "../../metrics/index.ts";
import type { Metric } from "../../metrics/metric.ts";

/** A value of a run: a metric, and what it is measured for. */
export interface RequiredValue {
  readonly metric: Metric;
  readonly scope: Scope;
}

/** `run` means the whole run. */
export type Scope =
  | { readonly kind: "run" }
  /** The entry with this id in the result.json list of that name. */
  | { readonly kind: "tasks" | "accelerators"; readonly id: string };

/** Throws RequestError if no run can have such a value. */
export function requiredValue(path: string): RequiredValue {
  const scope = scopeOf(path);
  const name = path.slice(path.lastIndexOf(".") + 1);
  const metric = metrics.find((each) => each.name === name) ?? unknownMetric(name);
  if (!scopesOf(metric).includes(scope.kind)) throw new RequestError(wrongScope(metric, scope));
  return { metric, scope };
}

/** Ids may contain dots; metric names do not. */
function scopeOf(path: string): Scope {
  const [, list, id] = /^([^.]*)[.](?:(.*)[.])?/.exec(path) ?? [];
  if (list === undefined) return { kind: "run" };
  if ((list === "tasks" || list === "accelerators") && id) return { kind: list, id };
  const hint = didYouMean(list, ["tasks", "accelerators"]);
  throw new RequestError(
    `a requirement names <metric>, tasks.<id>.<metric> or accelerators.<id>.<metric>, not ${quote(path)}${hint}`,
  );
}

function unknownMetric(name: string): never {
  if (curves.some((curve) => curve.name === name))
    throw new RequestError(`${name} is a curve; a requirement needs a single value`);
  const known = metrics.map((metric) => metric.name);
  throw new RequestError(
    `unknown metric ${quote(name)} in a requirement${didYouMean(name, known) || "; `rtmm list metrics` shows them all"}`,
  );
}

const scopeTexts: Readonly<Record<Scope["kind"], (name: string) => string>> = {
  run: (name) => name,
  tasks: (name) => `tasks.<id>.${name}`,
  accelerators: (name) => `accelerators.<id>.${name}`,
};

const scopesOf = ({ task, accelerator }: Metric): readonly Scope["kind"][] => [
  "run",
  ...(task === undefined ? [] : (["tasks"] as const)),
  ...(accelerator === undefined ? [] : (["accelerators"] as const)),
];

function wrongScope(metric: Metric, { kind }: Scope): string {
  const known = scopesOf(metric).map((each) => scopeTexts[each](metric.name));
  return `${metric.name} is not measured for ${kind}; use ${known.join(" or ")}`;
}

/** Ids of tasks and accelerators in all runs together. */
export type KnownIds = Readonly<Record<"tasks" | "accelerators", readonly string[]>>;

/** Throws RequestError for a task or accelerator that none of the runs has. */
export function assertKnownId({ scope }: RequiredValue, known: KnownIds): void {
  if (scope.kind === "run" || known[scope.kind].includes(scope.id)) return;
  const what = scope.kind === "tasks" ? "task" : "accelerator";
  throw new RequestError(
    `a requirement names ${what} ${quote(scope.id)}, which no run has${nameHint(scope.id, known[scope.kind])}`,
  );
}
