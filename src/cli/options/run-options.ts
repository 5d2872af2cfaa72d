/** Options that define a run, shared by several commands. */
import { type Command, InvalidArgumentError } from "commander";
import { decimal } from "../../input/decimal.ts";
import { RequestError } from "../../input/request-error.ts";
import { defaultSettings, LARGEST_SEED, LONGEST_MS, MOST_SEEDS, type Settings } from "../../run/settings.ts";

export interface RunOptions {
  readonly system?: string;
  readonly scheduler?: string;
  readonly param?: readonly string[];
  readonly seed?: number;
  readonly durationMs?: number;
  readonly warmupMs?: number;
}

export function declareRunOptions(declaration: Command): Command {
  const { system, scheduler, seed } = defaultSettings;
  const declared = declaration
    .option("-S, --system <name|file>", `system to run on (default: ${system})`)
    .option("-s, --scheduler <name|file>", `scheduling policy (default: ${scheduler})`)
    .option("-p, --param <name=value>", "parameter of the scheduler; may be repeated", collected)
    .option("--seed <n>", `seed of all random draws (default: ${seed})`, wholeNumber(0, LARGEST_SEED));
  return declareTimes(declared);
}

export function declareTimes(declaration: Command): Command {
  const { warmupMs } = defaultSettings;
  return declaration
    .option("--duration-ms <ms>", "release jobs this long (default: the scenario's)", positive(LONGEST_MS))
    .option(
      "--warmup-ms <ms>",
      `do not measure jobs released before this (default: ${warmupMs})`,
      notNegative(LONGEST_MS),
    );
}

export interface SeedOptions {
  readonly seeds?: number;
  readonly seed?: number;
}

/** For commands that repeat their runs with several seeds. */
export function declareSeeds(declaration: Command, byDefault: number | string): Command {
  return declaration
    .option("--seeds <n>", `number of seeds (default: ${byDefault})`, wholeNumber(1, MOST_SEEDS))
    .option("--seed <n>", `first seed (default: ${defaultSettings.seed})`, wholeNumber(0, LARGEST_SEED));
}

/** Returns consecutive seeds. */
export function seedsOf({ seeds, seed = defaultSettings.seed }: SeedOptions, byDefault: number): readonly number[] {
  const all = Array.from({ length: seeds ?? byDefault }, (_, i) => seed + i);
  if (all.at(-1)! <= LARGEST_SEED) return all;
  throw new RequestError(`the largest seed is ${LARGEST_SEED}: ${all.length} seeds from ${seed} exceed it`);
}

/** `a=1` among the scenarios counts as a parameter, so `-p a=1 b=2` sets two. */
function splitArguments(args: readonly string[]): { readonly scenarios: string[]; readonly params: string[] } {
  const isParam = (text: string): boolean => /^[A-Za-z]\w*=/.test(text);
  return { scenarios: args.filter((text) => !isParam(text)), params: args.filter(isParam) };
}

/** Only the settings that the command line gives. */
export function settingsFromOptions(args: readonly string[], options: RunOptions): Partial<Settings> {
  const { scenarios, params } = splitArguments(args);
  const { system, scheduler, param = [], seed, durationMs, warmupMs } = options;
  const given = { system, scheduler, seed, durationMs, warmupMs };
  return {
    ...(scenarios.length > 0 && { scenarios }),
    params: paramsFrom([...param, ...params]),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

export function paramsFrom(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new RequestError(`write a parameter as name=value, got "${text}"`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

export const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** A list with commas, at least one item. The option may be repeated. */
export function listed(text: string, before: readonly string[] | undefined): readonly string[] {
  const items = text.split(",").filter((each) => each !== "");
  if (items.length === 0) throw new InvalidArgumentError("The list is empty.");
  return [...(before ?? []), ...items];
}

function numberFrom(text: string, isRight: (value: number) => boolean, expected: string): number {
  const value = decimal(text);
  if (isRight(value)) return value;
  throw new InvalidArgumentError(`It must be ${expected}.`);
}

export const wholeNumber = (min: number, max: number) => (text: string) =>
  numberFrom(
    text,
    (value) => Number.isInteger(value) && value >= min && value <= max,
    `a whole number from ${min} to ${max}`,
  );
export const positive = (max: number) => (text: string) =>
  numberFrom(text, (value) => value > 0 && value <= max, `a number above 0, up to ${max}`);
export const notNegative = (max: number) => (text: string) =>
  numberFrom(text, (value) => value >= 0 && value <= max, `a number from 0 to ${max}`);
