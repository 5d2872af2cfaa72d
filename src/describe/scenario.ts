/** A scenario, for `rtmm show`: kind, pipeline, work, and feasibility on a system. */
import { isDynamic, modelWork, type TaskLoad, taskLoads } from "../analysis/feasibility/index.ts";
import { hasScales, type PhaseChange, type Rate, type Scenario, type Task } from "../core/scenario.ts";
import type { Block, Description } from "../output/description.ts";
import { scaled } from "../output/number-text.ts";
import { left, right } from "../output/text-table.ts";
import type { LoadedScenario } from "../scenario/multi-tenant.ts";
import { scenarioKind } from "../scenario/scenario-kind.ts";
import { fileRecord } from "./file-record.ts";
import { generatorRecord, generatorText } from "./generator.ts";
import { type OnSystem, onSystem } from "./on-system.ts";
import { pipelineLines } from "./pipeline.ts";
import { rateText, releaseText } from "./release-text.ts";
import { msOrNull, msText, shortNumber } from "./short-figures.ts";
import { extrasRecord, extrasTexts } from "./task-extras.ts";
import { titleText } from "./title-text.ts";

/**
 * `seed`: that of the scenario's draws. `target`: a system to judge the feasibility on, with its costs of the models.
 */
export function describeScenario(
  scenario: LoadedScenario,
  path: string,
  seed: number,
  target?: Omit<OnSystem, "seed">,
): Description {
  const loads = taskLoads(scenario);
  const judged = target && onSystem(scenario, { ...target, seed });
  return {
    record: { ...recordOf(scenario, path, loads), ...(judged && { feasibility: judged.record }) },
    blocks: [
      { kind: "title", text: titleText(scenario) },
      { kind: "facts", facts: factsOf(scenario, path, seed) },
      pipelineTable(scenario),
      { kind: "paragraphs", title: "Reads and queues", paragraphs: extrasTexts(scenario) },
      workTable(scenario, loads),
      { kind: "paragraphs", title: "Phases", paragraphs: scenario.phases.map((phase) => phaseText(scenario, phase)) },
      ...(judged?.blocks ?? []),
    ],
  };
}

function factsOf(scenario: LoadedScenario, path: string, seed: number): (readonly [string, string | undefined])[] {
  return [
    ["generates", scenario.generator && generatorText(scenario.generator, seed)],
    ["kind", scenarioKind(scenario)],
    ["duration", `${msText(scenario.durationNs)} ms`],
    ["source", scenario.source],
    ["file", path],
  ];
}

function recordOf(scenario: LoadedScenario, path: string, loads: readonly TaskLoad[]): object {
  const { durationNs, tasks } = scenario;
  return {
    ...fileRecord("scenario", scenario, path),
    scenarioKind: scenarioKind(scenario),
    durationMs: durationNs / 1e6,
    generator: scenario.generator === undefined ? null : generatorRecord(scenario.generator),
    tasks: tasks.map((task, i) => taskRecord(scenario, task, loads[i]!)),
    phases: scenario.phases.map(({ name, startNs, changes }) => ({
      name,
      startMs: startNs / 1e6,
      changes: changes.map((change) => changeRecord(tasks[change.taskIndex]!, change)),
    })),
  };
}

function changeRecord({ id, release }: Task, { taskIndex: _, fps, periodNs, ...change }: PhaseChange): object {
  const rate = release.kind === "poisson" ? { ratePerS: fps } : { fps };
  return {
    task: id,
    ...(fps !== undefined && rate),
    ...change,
    ...(periodNs !== undefined && { periodMs: periodNs / 1e6 }),
  };
}

function taskRecord(scenario: Scenario, task: Task, load: TaskLoad): object {
  const { tasks } = scenario;
  const { release } = task;
  const isDependent = release.kind === "after";
  return {
    id: task.id,
    model: task.model.name,
    release: release.kind,
    fps: release.kind === "periodic" ? release.fps : null,
    ...("periodNs" in release && release.periodNs !== undefined && { periodMs: release.periodNs / 1e6 }),
    after: isDependent ? release.taskIndexes.map((index) => tasks[index]!.id) : [],
    probability: isDependent ? release.probability : 1,
    deadlineMs: msOrNull(task.deadlineNs),
    priority: task.priority,
    ...extrasRecord(scenario, task),
    weightBytes: modelWork(task.model)?.weightBytes ?? null,
    ...load,
    jobsPerS: load.jobsPerS ?? null,
    macsPerJob: load.macsPerJob ?? null,
    macsPerS: load.macsPerS ?? null,
    bytesPerJob: load.bytesPerJob ?? null,
    bytesPerS: load.bytesPerS ?? null,
  };
}

function pipelineTable(scenario: Scenario): Block {
  return {
    kind: "table",
    title: "Pipeline",
    columns: [left("task"), left("model"), left("released"), right("deadline ms"), right("priority")],
    rows: pipelineLines(scenario).map(({ taskIndex, text }) => {
      const task = scenario.tasks[taskIndex]!;
      return [
        text,
        task.model.name,
        releaseText(task, scenario.durationNs),
        msText(task.deadlineNs),
        String(task.priority),
      ];
    }),
  };
}

function workTable({ tasks, phases }: Scenario, loads: readonly TaskLoad[]): Block {
  const rows = loads.map((load, i) => [
    tasks[i]!.id,
    scaled(load.jobsPerS, 1),
    scaled(load.macsPerJob, 1e6),
    scaled(modelWork(tasks[i]!.model)?.weightBytes, 1e6),
    scaled(load.macsPerS, 1e9),
    scaled(load.bytesPerS, 1e9),
  ]);
  const columns = ["jobs/s", "MMACs/job", "weights MB", "GMACs/s", "GB/s"];
  return {
    kind: "table",
    title: `Work${averageText(tasks, phases)} (bytes: weights, inputs and outputs of every layer, once per job)`,
    columns: [left("task"), ...columns.map(right)],
    rows: [
      ...rows,
      [
        "all",
        scaled(
          sumOf(loads, (each) => each.jobsPerS),
          1,
        ),
        "",
        "",
        scaled(
          sumOf(loads, (each) => each.macsPerS),
          1e9,
        ),
        scaled(
          sumOf(loads, (each) => each.bytesPerS),
          1e9,
        ),
      ],
    ],
  };
}

/** Undefined if it is so for one of them. */
function sumOf(loads: readonly TaskLoad[], value: (load: TaskLoad) => number | undefined): number | undefined {
  const values = loads.map(value);
  return values.some((each) => each === undefined) ? undefined : values.reduce<number>((sum, each) => sum + each!, 0);
}

/** Names what the figures are averages over; empty if they are none. */
function averageText(tasks: Scenario["tasks"], phases: Scenario["phases"]): string {
  const over = [
    ...(tasks.some((task) => isDynamic(task.model.variants[0]!) || hasScales(task)) ? ["jobs"] : []),
    ...(phases.length > 0 ? ["phases"] : []),
  ];
  return over.length === 0 ? "" : ` on average over ${over.join(" and ")}`;
}

const changedRateText = ({ release }: Task, rate: Rate): string =>
  release.kind === "poisson" && rate.periodNs === undefined ? `${shortNumber(rate.fps)}/s` : rateText(rate);

function phaseText({ tasks }: Scenario, { name, startNs, changes }: Scenario["phases"][number]): string {
  const texts = changes.map(({ taskIndex, isEnabled, fps, periodNs, probability }) => {
    const what = [
      isEnabled === undefined ? [] : [isEnabled ? "on" : "off"],
      fps === undefined
        ? []
        : [changedRateText(tasks[taskIndex]!, { fps, ...(periodNs !== undefined && { periodNs }) })],
      probability === undefined ? [] : [`p = ${shortNumber(probability)}`],
    ];
    return `${tasks[taskIndex]!.id} ${what.flat().join(", ")}`;
  });
  return `${name}, from ${msText(startNs)} ms: ${texts.join("; ")}`;
}
