/** Sweeps without simulations: a plan of any shape, and an executor that makes up results in any order. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PointExecutor, PointOutcome, PointSource } from "../../../src/executors/point.ts";
import { metrics } from "../../../src/metrics/index.ts";
import type { InputFile, RunResult } from "../../../src/records/run-result.ts";
import { manifestOf } from "../../../src/studies/sweep/folder/manifest.ts";
import { openSweepFolder } from "../../../src/studies/sweep/folder/sweep-folder.ts";
import type { Shard } from "../../../src/studies/sweep/plan/shard.ts";
import type { SweepPlan } from "../../../src/studies/sweep/plan/sweep-plan.ts";
import type { SeedPrecision } from "../../../src/studies/sweep/read/seed-precision.ts";
import { missingPoints, runSweep } from "../../../src/studies/sweep/run-sweep.ts";
import { summarise } from "../../../src/studies/sweep/summary/summarise.ts";

export interface Shape {
  readonly cases: number;
  readonly groupsPerCase: number;
  readonly seeds: number;
  /** Of `seeds`, which are then the most that there may be. */
  readonly precision?: Omit<SeedPrecision, "maxSeeds">;
}

/** Looks like a SHA-256. */
const hex64 = (text: string): string => Buffer.from(text).toString("hex").padStart(64, "0");

const input: InputFile = { role: "scenario", from: "file", path: "s.yaml", sha256: "a".repeat(64) };

export function fakePlan({ cases, groupsPerCase, seeds, precision }: Shape): SweepPlan {
  const caseSize = groupsPerCase * seeds;
  return {
    name: "fake",
    count: cases * caseSize,
    caseSize,
    seedsPerGroup: seeds,
    ...(precision !== undefined && { precision: { ...precision, maxSeeds: seeds } }),
    coordinateNames: ["scenario", "level", "seed"],
    coordinates: (index) => ({
      scenario: `s${Math.floor(index / caseSize)}`,
      level: Math.floor(index / seeds) % groupsPerCase,
      seed: 1 + (index % seeds),
    }),
    inputs: [input],
    hash: hex64(`${cases} ${groupsPerCase} ${seeds}`),
    requirements: [],
    request: (index) => ({
      scenario: "s.yaml",
      system: "y.yaml",
      scheduler: "edf",
      parameters: {},
      seed: index,
      durationMs: undefined,
      warmupMs: 0,
    }),
  };
}

/** Every 7th point fails. */
export function fakeOutcome(index: number, inputs?: readonly InputFile[]): PointOutcome {
  if (index % 7 === 6) return failure(index);
  return success(index, Object.fromEntries(metrics.map(({ name }, i) => [name, (index * 31 + i) % 17])), inputs);
}

export const failure = (index: number): PointOutcome => ({
  kind: "failed",
  index,
  failure: { kind: "policy", message: `no ${index}` },
});

/** `values`: metrics of the run. */
export function success(
  index: number,
  values: Readonly<Record<string, number>>,
  inputs: readonly InputFile[] = [input],
): PointOutcome {
  const result: RunResult = {
    schemaVersion: 1,
    rtmmVersion: "0",
    scenario: "s",
    system: "y",
    scheduler: { name: "edf", params: {} },
    seed: index,
    durationMs: 1,
    warmupMs: 0,
    inputs,
    metrics: values,
    curves: {},
    tasks: [{ id: "t", model: "m", curves: {}, energyMj: index }],
    accelerators: [{ id: "npu", utilisation: 0.5 }],
    phases: [],
    warnings: index % 3 === 0 ? [`few jobs of größe ${index}`] : [],
    resultHash: index.toString(16).padStart(64, "0"),
  };
  return { kind: "done", index, result };
}

/** Ends points in the order that `shuffled` puts them in; stops with an error after `most` of them, over all its runs. */
export class FakeExecutor implements PointExecutor {
  readonly #shuffled: (indexes: readonly number[]) => readonly number[];
  #left: number;
  readonly #outcome: (index: number) => PointOutcome;

  constructor(
    shuffled: (indexes: readonly number[]) => readonly number[] = (indexes) => indexes,
    most = Number.POSITIVE_INFINITY,
    outcome: (index: number) => PointOutcome = fakeOutcome,
  ) {
    this.#shuffled = shuffled;
    this.#left = most;
    this.#outcome = outcome;
  }

  async run(points: PointSource, ended: (outcome: PointOutcome) => void, signal?: AbortSignal): Promise<void> {
    const indexes = Array.from({ length: points.count }, (_, index) => index);
    const asked = this.#shuffled(indexes.filter((index) => points.request(index) !== undefined));
    for (const index of asked) {
      signal?.throwIfAborted();
      if (this.#left-- === 0) throw new Error("stopped");
      ended(this.#outcome(index));
    }
  }

  async close(): Promise<void> {}
}

export const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), "rtmm-sweep-")), "out");

/** One call of `rtmm sweep --resume`, as far as it gets; true: to the end. */
export async function sweepInto(
  folder: string,
  plan: SweepPlan,
  executor: PointExecutor,
  shard?: Shard,
  judged: readonly string[] = [],
): Promise<boolean> {
  const manifest = manifestOf(plan, shard, judged);
  const opened = openSweepFolder({ path: folder, shown: folder }, manifest, "resume");
  try {
    const work = missingPoints(plan, manifest, opened.points);
    const events = { pointEnded: () => undefined, pointFailed: () => undefined };
    await runSweep(plan, work, opened.points, executor, events, new AbortController().signal);
    opened.points.putInOrder();
    summarise(folder, manifest, { metrics: [], pareto: undefined, requirements: [], mostGroups: 3 });
    return true;
  } catch (error) {
    if ((error as Error).message === "stopped") return false;
    throw error;
  } finally {
    opened.close();
  }
}

/** A pseudo-random order by a number. */
export const shuffledBy = (key: number) => (indexes: readonly number[]) =>
  [...indexes].sort((a, b) => ((a * 7919 + key) % 101) - ((b * 7919 + key) % 101));
