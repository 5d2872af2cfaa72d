/** Comparisons as a program asks for them. */
import { FEWEST_SEEDS, MAX_SEEDS } from "../analysis/statistics/precision.ts";
import type { ParameterValue } from "../core/scheduler.ts";
import { RequestError } from "../input/request-error.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Comparison } from "../records/comparison.ts";
import { Brought, type LoadOptions, type Source } from "../request/brought.ts";
import { checkRequest, checkWhole } from "../request/checks.ts";
import type { Variations } from "../request/run-request.ts";
import { chosenMetrics } from "../run/metric-named.ts";
import { defaultSettings } from "../run/settings.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { comparisonOf } from "../studies/compare/comparison-of.ts";
import { type ComparisonPlan, planComparison } from "../studies/compare/plan.ts";
import { type PrecisionAim, precisionOf, seedsTo } from "../studies/compare/precision.ts";
import { type ComparisonRuns, runComparison } from "../studies/compare/run-comparison.ts";
import { type CompareSettings, DEFAULT_SEEDS } from "../studies/compare/settings.ts";
import { type ComparedEntry, schedulerEntry } from "./compared-entry.ts";
import { type ManyRuns, MOST_SEEDS, type Seeds, seedList, withExecutor } from "./many-runs.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** Everything but the scenarios has a default: the command line's. */
export interface CompareRequest extends LoadOptions, ManyRuns, OnMachine, Variations {
  /** Names of built-in scenarios and suites, paths of files, or files in memory. */
  readonly scenarios: Source | readonly Source[];
  /** Likewise (hda-2-ws-os-4k). */
  readonly systems?: Source | readonly Source[];
  /** What is compared (the built-in schedulers that the systems can run). */
  readonly schedulers?: readonly ComparedEntry[];
  /** Name of the scheduler that ratios are to (fcfs if it is compared, else the first). */
  readonly baseline?: string;
  /** Parameters of all schedulers that have them, by name. */
  readonly params?: Readonly<Record<string, ParameterValue>>;
  /** Names of the metrics to compare, or `all` (the usual ones). */
  readonly metrics?: readonly string[];
  /** Each scheduler meets the draws of each seed (5; 10 with a precision). */
  readonly seeds?: Seeds;
  /** Seeds are added until half of every ratio's 95 % interval is at most this share of it, such as 0.02. */
  readonly precision?: number;
  /** With a precision: no more seeds than this (100). */
  readonly maxSeeds?: number;
  /** Jobs are released this long, ms, above 0 (as each scenario says). */
  readonly durationMs?: number;
  /** Jobs released before it are not measured, ms, 0 or more (0). */
  readonly warmupMs?: number;
}

const keys: readonly string[] = [
  ...["scenarios", "systems", "schedulers", "baseline", "params", "metrics", "seeds", "precision", "maxSeeds"],
  ...["durationMs", "warmupMs", "set", "rateScale", "estimateError", "files", "warn", "cwd", "jobs", "signal"],
];

/**
 * Runs several schedulers with the same draws, like `rtmm compare`. Throws InputError, RequestError or SchedulerError, and
 * the reason of an aborted signal.
 */
export async function compare(request: CompareRequest): Promise<Comparison> {
  checkRequest(request, keys);
  const metrics = chosenMetrics(request.metrics);
  const brought = new Brought(request);
  const settings = settingsOf(request, brought);
  const aim = precisionAim(request, settings.seeds.length);
  const workbench = new Workbench(openLibrary(request, brought));
  const plan = await planComparison(settings, workbench);
  const runs = aim === undefined ? plan.cases.length * plan.schedulers.length * settings.seeds.length : undefined;
  const work = { workbench, caller: brought, runs };
  const ran = await withExecutor(request, work, (executor, signal) =>
    runComparison(plan, { executor, signal, moreSeeds: aim && seedsTo(aim, plan, metrics) }),
  );
  if (ran.failure !== undefined) throw ran.failure.error;
  return comparisonFrom(plan, ran, metrics, aim);
}

function settingsOf(request: CompareRequest, brought: Brought): CompareSettings {
  const { scenarios, systems = defaultSettings.system, schedulers, baseline, params = {}, durationMs } = request;
  const { precision, warmupMs = defaultSettings.warmupMs } = request;
  const { set = defaultSettings.set, rateScale = defaultSettings.rateScale, estimateError } = request;
  if (scenarios === undefined) throw new RequestError('the request needs "scenarios"');
  return {
    scenarios: listed(scenarios).map((source) => brought.file(source, "scenario")),
    systems: listed(systems).map((source) => brought.file(source, "system")),
    schedulers: schedulers?.map((entry) => schedulerEntry(entry, brought)),
    baseline,
    params: Object.entries(params).map(([name, value]) => `${name}=${value}`),
    paramsFiles: [],
    seeds: seedList(request.seeds ?? (precision === undefined ? DEFAULT_SEEDS : FEWEST_SEEDS)),
    durationMs,
    warmupMs,
    variation: variationOf({ set, rateScale, estimateError }),
  };
}

const listed = (sources: Source | readonly Source[]): readonly Source[] =>
  Array.isArray(sources) ? (sources as readonly Source[]) : [sources as Source];

/** undefined: none is asked for. */
function precisionAim({ precision: aim, maxSeeds }: CompareRequest, seeds: number): PrecisionAim | undefined {
  checkWhole("maxSeeds", maxSeeds, 2, MOST_SEEDS);
  if (aim === undefined) return undefined;
  if (typeof aim !== "number" || !(aim > 0)) throw new RequestError(`precision must be a share above 0, got ${aim}`);
  const most = maxSeeds ?? Math.max(seeds, MAX_SEEDS);
  if (seeds >= FEWEST_SEEDS && seeds <= most) return { aim, maxSeeds: most };
  throw new RequestError(`with a precision, seeds must be from ${FEWEST_SEEDS} to maxSeeds (${most}), got ${seeds}`);
}

/** Schedulers that were left out become warnings. */
function comparisonFrom(
  plan: ComparisonPlan,
  ran: ComparisonRuns,
  metrics: readonly Metric[],
  aim: PrecisionAim | undefined,
): Comparison {
  const comparison = comparisonOf(plan, ran, metrics);
  const warnings = [...ran.absent.map(({ label, reason }) => `without ${label}: ${reason}`), ...comparison.warnings];
  return { ...comparison, warnings, ...(aim !== undefined && { precision: precisionOf(comparison, aim) }) };
}
