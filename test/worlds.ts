/** Small worlds for tests: scenarios and costs written as literal numbers of ns. */
import type { CostTable, ModelCosts, VariantCosts } from "../src/core/costs.ts";
import type { MakeEffect } from "../src/core/effects/make-effect.ts";
import { listenToEnds } from "../src/core/events.ts";
import type { Layer } from "../src/core/layer.ts";
import type { Limits } from "../src/core/limits.ts";
import type { EarlyExit, Model, SkipGate, VariableLoop } from "../src/core/model.ts";
import { compile } from "../src/core/program.ts";
import type { JobRecord, RunTotals, Segment } from "../src/core/records.ts";
import type { Arrival, Dependency, Phase, Queue, Scenario, Task } from "../src/core/scenario.ts";
import type { ParameterValues, Scheduler } from "../src/core/scheduler.ts";
import { simulate } from "../src/core/simulate.ts";
import type { Spread } from "../src/core/spread.ts";
import type { Accelerator, System } from "../src/core/system.ts";
import { weightsOf } from "../src/core/weight-sharing.ts";
import { resolveParameters } from "../src/schedulers/parameters.ts";

export interface SmallTask {
  readonly id: string;
  /** A layer's latency on each accelerator, ns; a number where they are all alike. Energy is 1 pJ a ns. */
  readonly layersNs: readonly (number | readonly number[])[];
  readonly energyPj?: readonly (readonly number[])[];
  /** Release times; or `release`. */
  readonly atNs?: readonly number[];
  readonly release?: Arrival | Dependency;
  readonly deadlineNs?: number;
  readonly priority?: number;
  /** Live activations: before each layer, and in the middle of it. */
  readonly boundaryBytes?: readonly number[];
  readonly liveBytes?: readonly number[];
  /** Of each layer; a list where they differ by column of the cost table (accelerator and units). */
  readonly tiles?: readonly (number | readonly number[])[];
  /** Off-chip traffic of each layer, on every accelerator. */
  readonly offChipBytes?: readonly number[];
  /** How times vary: of all layers, on each column of the cost table in turn. */
  readonly spreads?: readonly (Spread | undefined)[];
  /** Weights of each layer, for accelerators with a memory for them. */
  readonly weightBytes?: readonly number[];
  readonly modelName?: string;
  /** Layers of further variants of a supernet, as `layersNs`; they carry no activations. */
  readonly lighterNs?: readonly (readonly (number | readonly number[])[])[];
  /** Dynamic behaviour of the original variant. */
  readonly skips?: readonly SkipGate[];
  readonly exits?: readonly EarlyExit[];
  readonly loops?: readonly VariableLoop[];
  readonly switchPoints?: readonly (readonly number[])[];
  readonly deadlineIsPeriod?: true;
  readonly reads?: readonly number[];
  readonly isDisplay?: true;
  readonly queue?: Queue;
}

export const smallTask = (id: string, layersNs: SmallTask["layersNs"], more: Partial<SmallTask> = {}): SmallTask => ({
  id,
  layersNs,
  ...more,
});

export interface SmallWorld {
  readonly tasks: readonly SmallTask[];
  readonly accelerators?: number;
  readonly units?: readonly number[];
  readonly durationNs?: number;
  readonly memory?: System["memory"];
  readonly contextSwitch?: "on" | "off";
  readonly preemption?: Accelerator["preemption"];
  /** Of each accelerator; Infinity where left out. */
  readonly bufferBytes?: readonly number[];
  readonly seed?: number;
  readonly limits?: Partial<Limits>;
  /** Beside those of rtmm. */
  readonly moreEffects?: readonly MakeEffect[];
  readonly phases?: readonly Phase[];
  /** More of the system, such as contention or a power cap, and of each accelerator. */
  readonly system?: Partial<System>;
  readonly accelerator?: Partial<Accelerator>;
}

function accelerator(index: number, units: number, world: SmallWorld): Accelerator {
  return {
    id: `a${index}`,
    costs: { kind: "table", rows: [] },
    clockGHz: 1,
    pes: 1,
    units,
    preemption: world.preemption ?? ["checkpoint", "kill", "drain"],
    idlePowerMw: 0,
    globalBufferBytes: world.bufferBytes?.[index] ?? Number.POSITIVE_INFINITY,
    ...world.accelerator,
  };
}

function model(task: SmallTask): Model {
  const { skips = [], exits = [], loops = [] } = task;
  const plain = { skips: [], exits: [], loops: [] };
  const original = { name: "original", layers: layersOf(task.layersNs.length), skips, exits, loops };
  const lighter = (task.lighterNs ?? []).map((layersNs, i) => ({
    name: `lighter${i + 1}`,
    layers: layersOf(layersNs.length),
    ...plain,
  }));
  return {
    name: task.modelName ?? task.id,
    bytesPerElement: 1,
    variants: [original, ...lighter],
    ...(task.switchPoints !== undefined && { switchPoints: task.switchPoints }),
  };
}

const layersOf = (n: number): Layer[] =>
  Array.from({ length: n }, (_, i) => ({ kind: "memory", name: `layer${i}`, inputElements: 1, outputElements: 1 }));

const variantCosts = (
  task: SmallTask,
  units: readonly number[],
  accelerators: readonly Accelerator[],
): VariantCosts[] =>
  [
    task,
    ...(task.lighterNs ?? []).map((layersNs): SmallTask => ({ ...lighterWeights(task, layersNs.length), layersNs })),
  ].map((variant, index) =>
    withLoads(costs(variant, units), variant, index === 0 ? (task.loops ?? []) : [], accelerators),
  );

const lighterWeights = ({ id, weightBytes }: SmallTask, layers: number) => ({
  id,
  ...(weightBytes !== undefined && { weightBytes: weightBytes.slice(0, layers) }),
});

/** Loads take their bytes / bandwidth, in whole ns. Unknown where written as NaN: then 10 ns and 1 pJ. */
function withLoads(
  costs: VariantCosts,
  { weightBytes = [] }: SmallTask,
  loops: readonly VariableLoop[],
  accelerators: readonly Accelerator[],
): VariantCosts {
  if (accelerators.every(({ weights }) => weights === undefined)) return costs;
  const columns = accelerators.flatMap(({ units, weights }) => Array.from({ length: units }, () => weights));
  const layers = Array.from({ length: costs.layers }, (_, layer) => layer);
  const cells = layers.flatMap((layer) =>
    columns.map((memory) => ({ memory, bytes: memory === undefined ? 0 : (weightBytes[layer] ?? 0) })),
  );
  const variant = { loops } as unknown as Model["variants"][number];
  return {
    ...costs,
    loads: {
      ns: Float64Array.from(cells, ({ memory, bytes }) =>
        Number.isNaN(bytes) ? 10 : Math.round(bytes / (memory?.bandwidthGBs ?? 1)),
      ),
      pj: Float64Array.from(cells, ({ memory, bytes }) =>
        Number.isNaN(bytes) ? 1 : bytes * (memory?.energyPjPerByte ?? 0),
      ),
      bytes: Float64Array.from(cells, ({ bytes }) => bytes),
      weightsOf: Int32Array.from(layers, (layer) => weightsOf(variant, layer)),
    },
  };
}

/** With fission, a layer on u of U units takes its latency x U / u, in whole ns. */
function costs(task: SmallTask, units: readonly number[]): VariantCosts {
  const columns = units.flatMap((n, a) => Array.from({ length: n }, (_, i) => ({ a, share: (i + 1) / n })));
  const latency = (layer: number | readonly number[], a: number) => (typeof layer === "number" ? layer : layer[a]!);
  const latencyNs = task.layersNs.flatMap((layer) =>
    columns.map(({ a, share }) => Math.round(latency(layer, a) / share)),
  );
  const energyPj = task.energyPj ?? task.layersNs.map((layer) => columns.map(({ a }) => latency(layer, a)));
  const perLayer = (values: readonly number[] | undefined) =>
    Float64Array.from(task.layersNs, (_, layer) => values?.[layer] ?? 0);
  return {
    variantName: "original",
    layers: task.layersNs.length,
    layerNames: task.layersNs.map((_, i) => `layer${i}`),
    latencyNs: Float64Array.from(latencyNs),
    energyPj: Float64Array.from(energyPj.flat()),
    ...(task.tiles && { tiles: Float64Array.from(task.tiles.flatMap((n) => columns.map((_, c) => tilesIn(n, c)))) }),
    ...(task.offChipBytes && {
      offChipBytes: Float64Array.from(task.offChipBytes.flatMap((n) => columns.map(() => n))),
    }),
    ...(task.spreads && {
      spreads: latencyNs.map((_, at) => task.spreads![(at % columns.length) % task.spreads!.length]),
    }),
    boundaryBytes: perLayer(task.boundaryBytes),
    liveBytes: perLayer(task.liveBytes),
  };
}

const tilesIn = (tiles: number | readonly number[], column: number): number =>
  typeof tiles === "number" ? tiles : tiles[column % tiles.length]!;

export function smallScenario(world: SmallWorld): { scenario: Scenario; system: System; costTable: CostTable } {
  const units = world.units ?? Array.from({ length: world.accelerators ?? 1 }, () => 1);
  const models = world.tasks.map(model);
  const tasks = world.tasks.map((task, i): Task => {
    const releases = (task.atNs ?? [0]).map((releaseNs) => ({ releaseNs }));
    return {
      id: task.id,
      model: models[i]!,
      release: task.release ?? { kind: "trace", releases },
      deadlineNs: task.deadlineNs ?? Number.POSITIVE_INFINITY,
      priority: task.priority ?? 1,
      ...(task.deadlineIsPeriod && { deadlineIsPeriod: task.deadlineIsPeriod }),
      ...(task.reads && { reads: task.reads }),
      ...(task.isDisplay && { isDisplay: task.isDisplay }),
      ...(task.queue && { queue: task.queue }),
    };
  });
  const system: System = {
    name: "small",
    accelerators: units.map((n, index) => accelerator(index, n, world)),
    memory: world.memory ?? { bandwidthGBs: 1, energyPjPerByte: 0 },
    contextSwitch: world.contextSwitch ?? "off",
    ...world.system,
  };
  const entries = world.tasks.map((task, i): [Model, ModelCosts] => [
    models[i]!,
    { model: models[i]!, variants: variantCosts(task, units, system.accelerators) },
  ]);
  return {
    scenario: { name: "small", durationNs: world.durationNs ?? 1e9, tasks, phases: world.phases ?? [] },
    system,
    costTable: { columns: units.reduce((sum, n) => sum + n, 0), models: new Map(entries) },
  };
}

export interface SmallRun {
  readonly jobs: readonly JobRecord[];
  readonly segments: readonly Segment[];
  readonly totals: RunTotals;
  /** [startNs, task id, accelerator index] of each segment, in order of start. */
  readonly starts: readonly (readonly [number, string, number])[];
  /** [time, "task#job", "done" | drop reason], in order. */
  readonly ends: readonly (readonly [number, string, string])[];
}

export function run(world: SmallWorld, scheduler: Scheduler, given: ParameterValues = {}): SmallRun {
  const { scenario, system, costTable } = smallScenario(world);
  const jobs: JobRecord[] = [];
  const segments: Segment[] = [];
  const { values } = resolveParameters(scheduler, given);
  const totals = simulate(compile(scenario, system, costTable), scheduler, values, {
    seed: world.seed ?? 1,
    meter: "on",
    ...(world.limits !== undefined && { limits: world.limits }),
    ...(world.moreEffects !== undefined && { moreEffects: world.moreEffects }),
    observer: { ...listenToEnds((job) => jobs.push(job)), segmentEnded: (segment) => segments.push(segment) },
  });
  const nameOf = (taskIndex: number) => scenario.tasks[taskIndex]!.id;
  return {
    jobs,
    segments,
    totals,
    starts: segments
      .map((s) => [s.startNs, nameOf(s.taskIndex), s.acceleratorIndex] as const)
      .sort((a, b) => a[0] - b[0] || a[2] - b[2]),
    ends: jobs.map((job) => [
      job.completionNs ?? job.dropNs ?? Number.NaN,
      `${nameOf(job.taskIndex)}#${job.jobIndex}`,
      job.dropReason ?? "done",
    ]),
  };
}

/** When segments began, and of which task. */
export const starts = (world: SmallWorld, scheduler: Scheduler, given: ParameterValues = {}) =>
  run(world, scheduler, given).starts.map(([timeNs, task]) => [timeNs, task]);
