/** Finds schedulers: by name in memory or among the built-in ones, by path in a user's file, by the command that starts it. */
import { didYouMean } from "../input/closest.ts";
import { isPath } from "../input/is-path.ts";
import { RequestError } from "../input/request-error.ts";
import { isCommand } from "../input/scheduler-command.ts";
import { schedulers } from "../schedulers/index.ts";
import type { FoundScheduler, RunFiles } from "./run-files.ts";

/** Throws RequestError for an unknown name or a file without a scheduler, InputError for a file that does not load. */
export async function findScheduler(name: string, files: RunFiles): Promise<FoundScheduler> {
  if (isCommand(name)) return files.schedulerOf(name);
  if (isPath(name)) return files.schedulerAt(files.locate(name, files.commandLine));
  const given = files.schedulerInMemory(name);
  if (given !== undefined) return { scheduler: given, origin: "memory", files: [] };
  const scheduler = schedulers.find((each) => each.name === name);
  if (scheduler !== undefined) return { scheduler, origin: "built-in", files: [] };
  const names = schedulers.map((each) => each.name);
  const hint = apartHint(name, names) || didYouMean(name, names) || "; `rtmm list schedulers` shows them all";
  throw new RequestError(`unknown scheduler "${name}"${hint}`);
}

/** Where one scheduler is named, its parameters do not follow it as in a list of several. */
function apartHint(name: string, names: readonly string[]): string {
  const [scheduler = "", parameter] = name.split(/:(.*)/s);
  return parameter !== undefined && names.includes(scheduler)
    ? `; name ${scheduler}, and give ${parameter} as a parameter (-p)`
    : "";
}
