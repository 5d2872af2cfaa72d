/** What the page and its workers say to each other. Everything is plain data. */
import type { Scheduler } from "../core/scheduler.ts";
import type { Problem } from "../input/problem.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Explanation } from "../records/explanation.ts";
import type { RunResult } from "../records/run-result.ts";
import type { RunTimeline } from "../records/run-timeline.ts";
import type { PlayState } from "./state.ts";

/** What a worker is asked for. It answers in the order in which it is asked. */
export type Ask =
  | { readonly kind: "catalogue" }
  | { readonly kind: "run"; readonly state: PlayState }
  /** The metrics with another scheduler and its default parameters. */
  | { readonly kind: "bar"; readonly state: PlayState; readonly scheduler: string }
  | { readonly kind: "explain"; readonly state: PlayState; readonly task: string; readonly job: number };

/** What it answers with, by the kind of the question. */
export interface Answers {
  readonly catalogue: Catalogue;
  readonly run: RunAnswer;
  readonly bar: BarAnswer;
  readonly explain: Explained;
}

/** Numbered, so that an answer finds its question. */
export type Numbered<Message> = Message & { readonly id: number };

export type Reply =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answers[Ask["kind"]] }
  /** Something that should not happen: our fault. */
  | { readonly kind: "broken"; readonly id: number; readonly message: string };

/** What can be picked. */
export interface Catalogue {
  readonly scenarios: readonly NamedText[];
  readonly systems: readonly NamedText[];
  readonly models: readonly Named[];
  readonly schedulers: readonly NamedScheduler[];
  /** Those of which more is better, or less. */
  readonly metrics: readonly NamedMetric[];
}

export interface Named {
  readonly name: string;
  readonly title: string;
}

export interface NamedText extends Named {
  /** Of its file. */
  readonly text: string;
}

export type NamedScheduler = Pick<Scheduler, "name" | "summary" | "source" | "parameters">;
export type NamedMetric = Pick<Metric, "name" | "title" | "unit" | "better" | "definition">;

export interface RunAnswer {
  /** What sliders can change; undefined if a file cannot be read. */
  readonly facts: Facts | undefined;
  readonly outcome: RunOutcome;
}

export type RunOutcome =
  | {
      readonly kind: "result";
      readonly result: RunResult;
      readonly timeline: RunTimeline;
      /** About files; the result has its own. */
      readonly warnings: readonly Problem[];
    }
  | Refused;

export type BarAnswer = { readonly kind: "metrics"; readonly metrics: RunResult["metrics"] } | Refused;
export type Explained = { readonly kind: "explanation"; readonly explanation: Explanation } | Refused;

/** What was asked for cannot be run. */
export type Refused =
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }
  /** Not about a place in a file. */
  | { readonly kind: "message"; readonly message: string };

/** Numbers of the files before sliders change them. */
export interface Facts {
  readonly tasks: readonly TaskFacts[];
  readonly accelerators: readonly AcceleratorFacts[];
  /** Of the memory that all share; undefined: the file names none. */
  readonly bandwidthGBs: number | undefined;
  /** undefined: tasks are drawn. */
  readonly durationMs: number | undefined;
  /** Whether tasks are drawn anew for each seed, so that only all rates change together. */
  readonly isGenerated: boolean;
}

export interface TaskFacts {
  readonly id: string;
  /** Releases per second; undefined: it has no rate of its own that could be scaled. */
  readonly ratePerS: number | undefined;
}

/** An entry of the system's list. */
export interface AcceleratorFacts {
  readonly id: string;
  readonly count: number;
  readonly pes: number | undefined;
  readonly nocElementsPerCycle: number | undefined;
  readonly clockGHz: number | undefined;
  /** Of its own link to the memory. */
  readonly offChipGBs: number | undefined;
}
