/** A report whose every name tries to become markup, in all kinds of record. */
import type { Report, StoryRecord } from "../../src/records/report.ts";
import type { RunResult } from "../../src/records/run-result.ts";
import type { RunTimeline } from "../../src/records/run-timeline.ts";
import { timelineOf } from "../web/timeline/random-timeline.ts";

/** Different in each place, so that a test can tell where one got through. */
export const evil = (place: string): string =>
  `<img src=x onerror="window.hacked='${place}'"></script><script>window.hacked='${place}'</script>${place}`;

/** As a record: everything that is text becomes hostile. */
export function hostileResult(result: RunResult): RunResult {
  return {
    ...result,
    scenario: evil("scenario"),
    system: evil("system"),
    rtmmVersion: evil("version"),
    scheduler: { name: evil("scheduler"), params: { [evil("parameter")]: evil("value") } },
    variation: { scenario: { [evil("place")]: evil("setting") } },
    inputs: [{ role: "scenario", from: "file", path: evil("path"), sha256: evil("hash") }],
    tasks: result.tasks.map((task, i) => ({ ...task, id: evil(`task${i}`), model: evil("model") })),
    accelerators: result.accelerators.map((each, i) => ({ ...each, id: evil(`accelerator${i}`) })),
    unknownEnergy: [{ accelerator: evil("unknown"), models: [evil("unknown-model")] }],
    warnings: [evil("warning")],
    resultHash: evil("result-hash"),
  };
}

export const hostileTimeline = (): RunTimeline =>
  timelineOf({
    tasks: [evil("task0"), evil("task1")],
    accelerators: [evil("accelerator0")],
    lanes: [
      [
        [0, 10e6, 0, 0],
        [0, 20e6, 1, 0],
      ],
    ],
    deadlineNs: 15e6,
  });

export const hostileStory = (): StoryRecord => ({
  job: {
    task: evil("task1"),
    job: 0,
    outcome: "late",
    frameReleaseMs: 10,
    releaseMs: 10,
    deadlineMs: 25,
    priority: 1,
    startMs: 10,
    endMs: 30,
    latenessMs: 5,
    isolatedMs: 12,
    energyMj: null,
    time: {
      beforeReleaseMs: 0,
      allBusyMs: 0,
      someFreeMs: 0,
      computingMs: 20,
      switchingMs: 0,
      loadingMs: 0,
      overheadMs: 0,
      contentionMs: 0,
      lostMs: 0,
    },
  },
  steps: [
    { kind: "released", atMs: 10, parents: [{ task: evil("parent"), job: 0, releaseMs: 0, completionMs: 10 }] },
    {
      kind: "passedOver",
      fromMs: 10,
      toMs: 10,
      decisions: 1,
      asCandidate: 1,
      picked: [{ task: evil("rival"), job: 0, times: 1 }],
      first: {
        atMs: 10,
        decision: "run",
        rule: evil("rule"),
        candidates: [
          { task: evil("rival"), job: 0, accelerator: evil("accelerator0"), score: 1, terms: { [evil("term")]: 2 } },
          { task: evil("task1"), job: 0, accelerator: evil("accelerator0"), score: 2, terms: { [evil("term")]: 3 } },
        ],
      },
    },
    { kind: "completed", atMs: 30 },
  ],
  blockers: [{ task: evil("blocker"), accelerator: evil("accelerator0"), ms: 3 }],
  rescues: [{ kind: "without", tasks: [evil("without")], saves: true, latenessMs: -1 }],
});

const verdict = { tone: "bad", sentence: evil("sentence"), more: [evil("more")] } as const;
const facts = { title: evil("title"), verdict, command: evil("command"), rtmmVersion: evil("rtmm") };

export const hostileRun = (result: RunResult): Report => ({
  ...facts,
  kind: "runs",
  runs: [
    {
      result: hostileResult(result),
      verdict,
      timelineNote: evil("note"),
      stories: 1,
      explainCommand: evil("explain"),
    },
  ],
});

const judged = { name: "slaSatisfaction", title: "SLA", unit: "share", better: "higher" } as const;
const metric = { name: evil("metric"), title: evil("metric-title"), unit: "ms", better: "lower" } as const;
const place = { scenario: evil("case-scenario"), system: evil("case-system") };
const standing = (scheduler: string, verdictOf: "baseline" | "better") => ({
  scheduler,
  mean: 0.5,
  isBest: verdictOf === "better",
  ratio: verdictOf === "better" ? 0.5 : 1,
  interval: null,
  difference: -1,
  differenceInterval: null,
  verdict: verdictOf,
});

export const hostileComparison = (): Report => ({
  ...facts,
  kind: "comparison",
  bounds: [{ ...place, leastViolationRate: 0.1 }],
  comparison: {
    schemaVersion: 1,
    rtmmVersion: evil("version"),
    baseline: evil("a"),
    seeds: [1],
    durationMs: null,
    warmupMs: 0,
    schedulers: ["a", "b"].map((name) => ({ label: evil(name), name: evil(name), params: {} })),
    cases: [place],
    metrics: [
      {
        ...metric,
        cases: [{ ...place, schedulers: [standing(evil("a"), "baseline"), standing(evil("b"), "better")] }],
        geomeans: [],
      },
      {
        ...judged,
        cases: [{ ...place, schedulers: [standing(evil("a"), "baseline"), standing(evil("b"), "better")] }],
        geomeans: [],
      },
    ],
    runs: [{ ...place, scheduler: evil("a"), seed: 1, metrics: { [evil("metric")]: 2 }, resultHash: evil("run-hash") }],
    inputs: [{ role: "system", from: "built-in", path: evil("path"), sha256: evil("hash") }],
    warnings: [evil("warning")],
  },
});

export const hostileSweep = (): Report => ({
  ...facts,
  kind: "sweep",
  inputs: [],
  sweep: {
    schemaVersion: 1,
    rtmmVersion: evil("version"),
    name: evil("name"),
    title: evil("sweep-title"),
    planHash: evil("plan"),
    shard: null,
    points: 2,
    failed: 0,
    groupCount: 2,
    seedsPerGroup: 1,
    precision: null,
    coordinateNames: ["scheduler", evil("coordinate")],
    constant: { [evil("constant")]: evil("constant-value") },
    metrics: [metric],
    pareto: null,
    groups: ["x", "y"].map((name, i) => ({
      coordinates: { scheduler: evil(name), [evil("coordinate")]: i },
      seeds: 1,
      failed: 0,
      metrics: { [evil("metric")]: { mean: i + 1, low: null, high: null } },
    })),
    moreGroups: 0,
  },
});

export const hostileCheck = (): Report => ({
  ...facts,
  kind: "check",
  check: {
    schemaVersion: 1,
    rtmmVersion: evil("version"),
    verdict: "failed",
    failOn: "worse",
    baselines: [
      {
        name: evil("baseline"),
        path: evil("path"),
        rtmmVersion: evil("then"),
        seeds: [1],
        rows: [{ ...place, scheduler: evil("s") }],
        compared: 1,
        moves: [
          {
            ...place,
            scheduler: evil("s"),
            value: evil("value"),
            unit: "ms",
            better: "lower",
            before: 1,
            now: 2,
            difference: 1,
            change: 1,
            interval: null,
            movedSeeds: 1,
            tolerance: 0,
            verdict: "worse",
            fails: true,
            causes: ["code"],
          },
        ],
        lacks: [{ reason: evil("reason"), rows: [] }],
        inputs: [{ file: evil("file"), before: evil("before"), now: null }],
        parameters: [{ scheduler: evil("s"), parameter: evil("parameter"), before: evil("p"), now: null }],
        unkept: [],
        added: [{ value: evil("added"), rows: 1 }],
      },
    ],
    requirements: [{ requirement: evil("requirement"), text: evil("requirement-text"), isMet: false }],
  },
});
