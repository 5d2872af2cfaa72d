/** A scenario file after the schema check (schema/scenario.schema.json); units and defaults are in docs/formats.md. */
import type { Queue } from "../core/scenario.ts";
import type { SwitchValue } from "../input/switch-value.ts";
import type { TimeFormat } from "../input/time-text.ts";
import type { ModelFile } from "./model-file.ts";

export interface ScenarioFile {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  readonly durationMs: number;
  /** Empty if they are generated. */
  readonly tasks: readonly TaskFile[];
  readonly generate?: GeneratorFile;
  readonly replay?: string | TraceFile;
  readonly phases?: readonly PhaseFile[];
}

export interface GeneratorFile {
  readonly kind: "multi-tenant";
  readonly tasks: number;
  readonly models: readonly string[];
  readonly batches?: readonly number[];
  readonly priorities?: readonly number[];
  readonly windowMs: number;
  readonly deadlineMs: number | "none";
}

export interface TaskFile {
  readonly id: string;
  readonly model: string | ModelFile;
  readonly batch?: number;
  readonly priority?: number;
  readonly deadlineMs?: number | "none";
  readonly fps?: number;
  readonly periodMs?: number;
  readonly offsetMs?: number;
  readonly jitterMs?: number;
  readonly after?: string | AfterFile;
  readonly arrival?: ArrivalFile;
  readonly reads?: string | readonly string[];
  readonly display?: SwitchValue;
  readonly queue?: Queue;
}

export interface AfterFile {
  readonly task?: string;
  readonly tasks?: readonly string[];
  readonly probability?: number;
}

export type ArrivalFile =
  | { readonly kind: "poisson"; readonly ratePerS?: number; readonly periodMs?: number; readonly offsetMs?: number }
  | { readonly kind: "one-shot"; readonly count?: number; readonly fromMs?: number; readonly toMs?: number }
  | {
      readonly kind: "closed";
      readonly thinkMs: number;
      readonly think?: "constant" | "exponential";
      readonly clients?: number;
      readonly offsetMs?: number;
    }
  | ({ readonly kind: "trace"; readonly timesMs?: readonly number[] } & Partial<TraceFile>);

/** A CSV of releases, and how to read it. */
export interface TraceFile {
  readonly file: string;
  readonly time?: {
    readonly column?: string;
    readonly format?: TimeFormat;
    readonly origin?: string | number;
  };
  /** Names of columns, by what they give. */
  readonly columns?: Readonly<Partial<Record<"task" | "deadline" | "priority" | "scale", string>>>;
}

export interface PhaseFile {
  readonly name: string;
  readonly startMs: number;
  readonly tasks: Readonly<Record<string, ChangeFile>>;
}

export interface ChangeFile {
  readonly fps?: number;
  readonly periodMs?: number;
  readonly ratePerS?: number;
  readonly enabled?: SwitchValue;
  readonly probability?: number;
}
