/** The numbers of a scenario and a system that sliders can change. */
import { isMapping } from "../input/mapping.ts";
import { rateIn } from "../scenario/rate.ts";
import type { ScenarioFile, TaskFile } from "../scenario/scenario-file.ts";
import type { AcceleratorFile, SystemFile } from "../system/system-file.ts";
import type { AcceleratorFacts, Facts, TaskFacts } from "./protocol.ts";

/** Of files as they are written; what does not fit the schema is left out. */
export function factsOf(scenario: unknown, system: unknown): Facts {
  const { tasks, durationMs, replay, generate } = fields<ScenarioFile>(scenario);
  const { accelerators, memory } = fields<SystemFile>(system);
  return {
    tasks: list<TaskFile>(tasks).flatMap((task) => taskFacts(task, replay !== undefined)),
    accelerators: list<AcceleratorFile>(accelerators).flatMap(acceleratorFacts),
    bandwidthGBs: positive(fields<NonNullable<SystemFile["memory"]>>(memory).bandwidthGBs),
    durationMs: positive(durationMs),
    isGenerated: generate !== undefined,
  };
}

function taskFacts(task: Partial<TaskFile>, isReplayed: boolean): readonly TaskFacts[] {
  if (typeof task.id !== "string") return [];
  return [{ id: task.id, ratePerS: isReplayed ? undefined : rateOf(task) }];
}

function rateOf({ fps, periodMs, after, arrival }: Partial<TaskFile>): number | undefined {
  if (after !== undefined) return undefined;
  if (arrival === undefined) return rateIn({ fps: positive(fps), periodMs: positive(periodMs) })?.fps;
  if (arrival?.kind !== "poisson") return undefined;
  const own = positive(arrival.periodMs);
  return positive(arrival.ratePerS) ?? (own === undefined ? undefined : 1000 / own);
}

function acceleratorFacts(entry: Partial<AcceleratorFile>): readonly AcceleratorFacts[] {
  const { id, count, pes, nocElementsPerCycle, clockGHz, offChip } = entry;
  if (typeof id !== "string") return [];
  return [
    {
      id,
      count: positive(count) ?? 1,
      pes: positive(pes),
      nocElementsPerCycle: positive(nocElementsPerCycle),
      clockGHz: positive(clockGHz),
      offChipGBs: positive(fields<NonNullable<AcceleratorFile["offChip"]>>(offChip).bandwidthGBs),
    },
  ];
}

const fields = <Shape>(value: unknown): Partial<Shape> => (isMapping(value) ? (value as Partial<Shape>) : {});

/** Entries that are no mapping have no fields. */
const list = <Shape>(value: unknown): readonly Partial<Shape>[] =>
  Array.isArray(value) ? value.map((each) => fields<Shape>(each)) : [];

const positive = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
