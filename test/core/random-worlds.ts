/** Random small worlds and a policy that decides at random, for invariants that hold whatever a policy does. */
import fc from "fast-check";
import { closedRootOf, type Phase, type PhaseChange, type Scenario } from "../../src/core/scenario.ts";
import type { SmallTask, SmallWorld } from "../worlds.ts";

interface Shape {
  readonly units: readonly number[];
  readonly tasks: readonly TaskShape[];
  readonly contextSwitch: "on" | "off";
  readonly seed: number;
}

interface TaskShape {
  readonly layers: readonly (readonly number[])[];
  readonly periodNs: number;
  readonly offsetNs: number;
  readonly jitter: number;
  readonly deadlineShare: number;
  readonly priority: number;
  readonly parentPick: number;
  readonly probability: number;
  readonly bytes: number;
  /** By column. */
  readonly tiles: readonly number[];
}

const taskShape: fc.Arbitrary<TaskShape> = fc.record({
  layers: fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 5,
  }),
  periodNs: fc.integer({ min: 20, max: 300 }),
  offsetNs: fc.integer({ min: 0, max: 50 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
  deadlineShare: fc.double({ min: 0.2, max: 4, noNaN: true }),
  priority: fc.integer({ min: 1, max: 9 }),
  parentPick: fc.integer({ min: -4, max: 3 }),
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.integer({ min: 0, max: 20 }),
  tiles: fc.oneof(
    fc.integer({ min: 0, max: 5 }).map((tiles) => [tiles]),
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 3 }),
  ),
});

export const randomWorld: fc.Arbitrary<SmallWorld> = fc
  .record<Shape>({
    units: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    tasks: fc.array(taskShape, { minLength: 1, maxLength: 5 }),
    contextSwitch: fc.constantFrom("on", "off"),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  })
  .map(toWorld);

function toWorld({ units, tasks, contextSwitch, seed }: Shape): SmallWorld {
  return {
    units,
    seed,
    contextSwitch,
    memory: { bandwidthGBs: 2, energyPjPerByte: 3 },
    durationNs: 1500,
    tasks: tasks.map((shape, index) => toTask(shape, index)),
  };
}

/** A task may wait for one or two of those before it: joins need one root, so a second parent is the parent's child. */
function toTask(shape: TaskShape, index: number): SmallTask {
  const parent = shape.parentPick < 0 || index === 0 ? undefined : shape.parentPick % index;
  return {
    id: `t${index}`,
    layersNs: shape.layers,
    tiles: shape.layers.map(() => shape.tiles),
    boundaryBytes: shape.layers.map((_, layer) => (layer === 0 ? 0 : shape.bytes)),
    liveBytes: shape.layers.map(() => 2 * shape.bytes),
    deadlineNs: shape.periodNs * shape.deadlineShare,
    priority: shape.priority,
    release:
      parent === undefined
        ? {
            kind: "periodic",
            fps: 1e9 / shape.periodNs,
            offsetNs: shape.offsetNs,
            jitterNs: shape.jitter * shape.periodNs,
          }
        : { kind: "after", taskIndexes: [parent], probability: shape.probability },
  };
}

/** Gates, exits, loops, a lighter variant with a switch point, and a phase, in any mixture. */
const dynamics = fc.record({
  gate: fc.option(
    fc.record({
      first: fc.nat(9),
      layers: fc.integer({ min: 1, max: 3 }),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { nil: undefined },
  ),
  exit: fc.option(fc.record({ after: fc.nat(9), probability: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    nil: undefined,
  }),
  steps: fc.option(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 4 }), { nil: undefined }),
  lighter: fc.boolean(),
  phase: fc.record({
    enabled: fc.option(fc.boolean(), { nil: undefined }),
    periodNs: fc.option(fc.integer({ min: 20, max: 300 }), { nil: undefined }),
    probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  }),
});

type Dynamics = typeof dynamics extends fc.Arbitrary<infer T> ? T : never;

export const randomDynamicWorld: fc.Arbitrary<SmallWorld> = fc
  .tuple(randomWorld, fc.array(dynamics, { minLength: 5, maxLength: 5 }), fc.integer({ min: 0, max: 1600 }))
  .map(([world, all, startNs]) => {
    const tasks = world.tasks.map((task, i) => withDynamics(task, all[i]!));
    const changes = tasks.map((task, taskIndex) => phaseChange(task, taskIndex, all[taskIndex]!));
    return { ...world, tasks, phases: [{ name: "later", startNs, changes }] };
  });

/** Layer 0 always runs; a loop takes the layers after the last, one a step. */
function withDynamics(task: SmallTask, { gate, exit, steps, lighter }: Dynamics): SmallTask {
  const layers = task.layersNs.length;
  const first = gate === undefined ? 0 : 1 + (gate.first % layers);
  const endLayer = Math.min(layers, first + (gate?.layers ?? 0));
  const total = (steps ?? []).reduce((sum, weight) => sum + weight, 0);
  const extra = total === 0 ? 0 : steps!.length;
  const long = <T>(values: readonly T[]) => [...values, ...Array.from({ length: extra }, () => values.at(-1)!)];
  return {
    ...task,
    layersNs: long(task.layersNs),
    tiles: long(task.tiles!),
    boundaryBytes: long(task.boundaryBytes!),
    liveBytes: long(task.liveBytes!),
    ...(gate !== undefined &&
      first < endLayer && { skips: [{ firstLayer: first, endLayer, probability: gate.probability }] }),
    ...(exit !== undefined && { exits: [{ afterLayer: exit.after % layers, probability: exit.probability }] }),
    ...(total > 0 && {
      loops: [{ firstLayer: layers, layersPerStep: 1, stepProbabilities: steps!.map((w) => w / total) }],
    }),
    ...(lighter &&
      !(first <= layers - 1 && layers - 1 < endLayer) && {
        lighterNs: [task.layersNs.map(() => [5, 5, 5])],
        switchPoints: [[layers - 1, layers - 1]],
      }),
    deadlineIsPeriod: true,
  };
}

function phaseChange({ release }: SmallTask, taskIndex: number, { phase }: Dynamics) {
  const { enabled, periodNs, probability } = phase;
  const isPeriodic = release?.kind === "periodic";
  return {
    taskIndex,
    ...(enabled !== undefined && { isEnabled: enabled }),
    ...(isPeriodic && periodNs !== undefined && { fps: 1e9 / periodNs }),
    ...(!isPeriodic && probability !== undefined && { probability }),
  };
}

/** The same, with roots that release by a trace whose jobs differ in work. */
export const randomScaledWorld: fc.Arbitrary<SmallWorld> = fc
  .tuple(
    fc.oneof(randomWorld, randomDynamicWorld),
    fc.array(
      fc.record({ releaseNs: fc.integer({ min: 0, max: 1600 }), scale: fc.constantFrom(1, 0.01, 0.3, 1.7, 2, 5.123) }),
      { minLength: 5, maxLength: 40 },
    ),
  )
  .map(([world, rows]) => ({
    ...world,
    phases: (world.phases ?? []).map((phase) => ({
      ...phase,
      changes: phase.changes.map(({ fps: _fps, ...change }) => change),
    })),
    tasks: world.tasks.map((task, i) => {
      if (task.release?.kind !== "periodic") return task;
      const releases = rows.filter((_, row) => row % world.tasks.length === i);
      return {
        ...task,
        release: { kind: "trace" as const, releases: releases.sort((a, b) => a.releaseNs - b.releaseNs) },
      };
    }),
  }));

/** The same, with closed loops for some of the roots; no phase changes what is below one. */
export const randomClosedWorld: fc.Arbitrary<SmallWorld> = fc
  .tuple(
    fc.oneof(randomWorld, randomDynamicWorld),
    fc.array(
      fc.record({
        isClosed: fc.boolean(),
        clients: fc.integer({ min: 1, max: 4 }),
        thinkNs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 200, noNaN: true })),
        think: fc.constantFrom("constant" as const, "exponential" as const),
        offsetNs: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  )
  .map(([world, loops]) => {
    const tasks = world.tasks.map((task, i): SmallTask => {
      const { isClosed, ...loop } = loops[i]!;
      return task.release?.kind === "periodic" && isClosed ? { ...task, release: { kind: "closed", ...loop } } : task;
    });
    return {
      ...world,
      tasks,
      ...(world.phases && { phases: world.phases.map((phase) => withoutLoops(phase, tasks)) }),
    };
  });

function withoutLoops(phase: Phase, tasks: readonly SmallTask[]): Phase {
  const releases = tasks.map(({ release }) => ({ release: release! })) as unknown as Scenario["tasks"];
  const changes = phase.changes.flatMap((change): PhaseChange[] => {
    const { release } = tasks[change.taskIndex]!;
    if (closedRootOf({ tasks: releases }, change.taskIndex) === undefined) return [change];
    const { fps: _fps, ...others } = change;
    return release?.kind === "closed" ? [others] : [];
  });
  return { ...phase, changes };
}

/** The same worlds with tasks that read any others, themselves too, and tasks with queues, in any mixture. */
export const withPipelines = (worlds: fc.Arbitrary<SmallWorld>): fc.Arbitrary<SmallWorld> =>
  fc
    .tuple(
      worlds,
      fc.array(
        fc.record({
          reads: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
          limit: fc.integer({ min: 0, max: 3 }),
          overflow: fc.constantFrom("drop-oldest", "drop-newest", "refuse"),
        }),
        { minLength: 5, maxLength: 5 },
      ),
    )
    .map(([world, extras]) => ({
      ...world,
      tasks: world.tasks.map((task, i) => {
        const { limit, overflow } = extras[i]!;
        const reads = [...new Set(extras[i]!.reads.map((read) => read % world.tasks.length))];
        return { ...task, ...(reads.length > 0 && { reads }), ...(limit > 0 && { queue: { limit, overflow } }) };
      }),
    }));

export const randomPipelines = withPipelines(fc.oneof(randomWorld, randomDynamicWorld));
