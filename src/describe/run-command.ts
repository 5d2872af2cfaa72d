/** The command that makes a run again. */
import { variationOptions } from "../output/variation-text.ts";
import type { InputFile, RunResult } from "../records/run-result.ts";
import { schedulers } from "../schedulers/index.ts";

/** Such as `rtmm explain vr-gaming -s dream`. Defaults of the command line are written, those of parameters are not. */
export function runCommand(verb: string, result: RunResult): string {
  const { system, scheduler, seed, durationMs, warmupMs, variation } = result;
  const words = [
    `rtmm ${verb} ${quoted(nameOf("scenario", result.scenario, result))}`,
    `-S ${quoted(nameOf("system", system, result))}`,
    `-s ${quoted(schedulerOf(result))}`,
    ...parametersOf(scheduler).map((each) => `-p ${quoted(each)}`),
    `--seed ${seed}`,
    `--duration-ms ${durationMs}`,
    ...(warmupMs > 0 ? [`--warmup-ms ${warmupMs}`] : []),
  ];
  return `${words.join(" ")}${variationOptions(variation)}`;
}

/** A built-in by its name, a file by its path. */
function nameOf(role: InputFile["role"], name: string, { inputs }: RunResult): string {
  const input = inputs.find((each) => each.role === role);
  if (input === undefined) return name;
  if (input.from === "file") return input.path;
  return input.path.replace(/^.*[/]/, "").replace(/[.]yaml$/, "");
}

const schedulerOf = ({ scheduler, inputs }: RunResult): string =>
  inputs.find(({ role }) => role === "scheduler")?.path ?? scheduler.name;

/** Those that are not the defaults of a built-in scheduler. */
function parametersOf({ name, params }: RunResult["scheduler"]): readonly string[] {
  const known = schedulers.find((each) => each.name === name)?.parameters ?? [];
  const isDefault = (parameter: string, value: unknown): boolean =>
    known.some((each) => each.name === parameter && each.default === value);
  return Object.entries(params).flatMap(([parameter, value]) =>
    isDefault(parameter, value) ? [] : [`${parameter}=${value}`],
  );
}

/** For a POSIX shell. */
export const quoted = (word: string): string =>
  /^[\w./:=,%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
