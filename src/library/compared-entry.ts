/** The schedulers that a program compares. */
import type { ParameterValue, Scheduler } from "../core/scheduler.ts";
import type { SchedulerWithParams } from "../files/params-file.ts";
import { show } from "../input/quote.ts";
import { RequestError } from "../input/request-error.ts";
import type { Brought } from "../request/brought.ts";

/**
 * Name of a built-in scheduler, with parameters if they follow as in `edf:granularity=model`; path of a scheduler or of a
 * parameter file; a scheduler itself; or one with its parameters.
 */
export type ComparedEntry =
  | string
  | Scheduler
  | { readonly scheduler: string | Scheduler; readonly params: Readonly<Record<string, ParameterValue>> };

/** As studies take it. */
export function schedulerEntry(entry: ComparedEntry, brought: Brought): string | SchedulerWithParams {
  if (typeof entry === "string") return entry;
  if (typeof entry !== "object" || entry === null)
    throw new RequestError(`a scheduler must be a name, a path or a scheduler, got ${show(entry)}`);
  if (!("scheduler" in entry)) return brought.scheduler(entry);
  return { scheduler: brought.scheduler(entry.scheduler), params: entry.params };
}
