/** Scenario files: YAML to a checked Scenario, with the models that it names. */
import type { Task } from "../core/scenario.ts";
import { hasOneOf, refuseKeys, reportTwins } from "../input/key-checks.ts";
import type { Overrides } from "../input/overrides.ts";
import { ProblemList } from "../input/problem-list.ts";
import { type CheckedFile, readYaml } from "../input/read-yaml.ts";
import { deadlineIsPeriod, deadlineOf } from "./deadlines.ts";
import { checkDependencies, type Dependencies, dependenciesOf } from "./dependencies.ts";
import type { ModelCache } from "./load-model.ts";
import { multiTenant } from "./load-multi-tenant.ts";
import { drawnTasks, type LoadedScenario } from "./multi-tenant.ts";
import { nsFromMs } from "./ns-from-ms.ts";
import { phasesOf } from "./phases.ts";
import { type RateScale, withRates } from "./rate-scale.ts";
import { pipelineFields } from "./reads.ts";
import { releaseOf } from "./releases.ts";
import { readReplay } from "./replay.ts";
import type { Resolver } from "./resolver.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { ScenarioFile } from "./scenario-file.ts";
import { modelsOf } from "./task-models.ts";

/** The seed of a generated scenario's tasks, until `scenarioOfSeed` asks for another. */
const FIRST_SEED = 1;

/** Changes of a scenario against its file. */
export interface ScenarioChanges {
  readonly overrides?: Overrides | undefined;
  readonly rateScale?: RateScale | undefined;
}

/**
 * Loads a scenario and its models. Throws an InputError with the problems of all these files.
 * Give the same `models` to several calls to share models between scenarios.
 */
export function loadScenario(
  path: string,
  resolver: Resolver,
  models: ModelCache = new Map(),
  { overrides, rateScale = 1 }: ScenarioChanges = {},
): LoadedScenario {
  const problems = new ProblemList();
  const checked = readYaml(path, "scenario", resolver, problems, { overrides });
  const written = checked && tasksOrGenerator(checked);
  const scenario = written && (rateScale === 1 ? written : withRates(written, rateScale, checked.report));
  const loaded =
    checked && scenario
      ? scenarioFrom({ scenario, path, report: checked.report, resolver, models, indexOf: indexTasks(scenario) })
      : undefined;
  problems.finish(resolver.warn?.bind(resolver));
  return loaded!;
}

/** Undefined after a problem with the file as a whole. */
function tasksOrGenerator({ value, report }: CheckedFile): ScenarioFile | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const file = value as ScenarioFile;
  if (!hasOneOf(file, ["tasks", "generate"], "a scenario", report)) return undefined;
  if (file.generate !== undefined) {
    refuseKeys(file, ["replay", "phases"], '"generate"', report);
    const { replay: _replay, phases: _phases, ...rest } = file;
    return { ...rest, tasks: [] };
  }
  return Array.isArray(file.tasks) ? file : undefined;
}

function indexTasks({ tasks }: ScenarioFile): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  for (const [i, task] of tasks.entries())
    if (typeof task?.id === "string" && !indexes.has(task.id)) indexes.set(task.id, i);
  return indexes;
}

/** Complete if no problem was reported. */
function scenarioFrom(context: ScenarioContext): LoadedScenario {
  const { name, title, source, durationMs, generate } = context.scenario;
  const { problems } = context.report;
  const generator = generate && multiTenant(context, generate);
  reportTwins(context.scenario.tasks, "id", "task", context.report.within(["tasks"]));
  const dependencies = dependenciesOf(context);
  checkDependencies(context, dependencies);
  const tasks = tasksOf(context, dependencies);
  return {
    name,
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    durationNs: nsFromMs(durationMs),
    tasks: generator === undefined || problems.errorCount > 0 ? tasks : drawnTasks(generator, FIRST_SEED),
    phases: phasesOf(context, dependencies),
    ...(generator !== undefined && { generator }),
  };
}

function tasksOf(context: ScenarioContext, dependencies: Dependencies): Task[] {
  const models = modelsOf(context);
  const replay = readReplay(context, dependencies);
  const isPhased = context.scenario.phases !== undefined;
  const releases = context.scenario.tasks.map((_, i) => releaseOf(context, dependencies, replay, i));
  return context.scenario.tasks.map((task, i) => ({
    id: task?.id,
    model: models[i]!,
    release: releases[i]!,
    deadlineNs: deadlineOf(context, dependencies, releases, i),
    ...(isPhased && deadlineIsPeriod(context, dependencies, releases, i) && { deadlineIsPeriod: true as const }),
    priority: task?.priority ?? 1,
    ...pipelineFields(context, i),
  }));
}
