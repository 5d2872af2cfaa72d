/** Options that say what is run, shared by the commands that run something. */
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
    .option("--warmup-ms <ms>", `leave the start out of the metrics (default: ${warmupMs})`, notNegative(LONGEST_MS));
}

export interface SeedOptions {
  readonly seeds?: number;
  readonly seed?: number;
}

/** For commands that repeat everything with several seeds. */
export function declareSeeds(declaration: Command, byDefault: number | string): Command {
  return declaration
    .option("--seeds <n>", `how many seeds (default: ${byDefault})`, wholeNumber(1, MOST_SEEDS))
    .option("--seed <n>", `the first of them (default: ${defaultSettings.seed})`, wholeNumber(0, LARGEST_SEED));
}

/** Consecutive ones. */
export function seedsOf({ seeds, seed = defaultSettings.seed }: SeedOptions, byDefault: number): readonly number[] {
  const all = Array.from({ length: seeds ?? byDefault }, (_, i) => seed + i);
  if (all.at(-1)! <= LARGEST_SEED) return all;
  throw new RequestError(`seeds end at ${LARGEST_SEED}: ${all.length} from ${seed} on are too many`);
}

/** `a=1` among the scenarios is a parameter as well, so that `-p a=1 b=2` does what it looks like. */
function splitArguments(args: readonly string[]): { readonly scenarios: string[]; readonly params: string[] } {
  const isParam = (text: string): boolean => /^[A-Za-z]\w*=/.test(text);
  return { scenarios: args.filter((text) => !isParam(text)), params: args.filter(isParam) };
}

/** What was given on the command line; the rest is left out. */
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
      if (at < 1) throw new RequestError(`a parameter is given as name=value, got "${text}"`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

export const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
];

/** Separated by commas, at least one; the option may be repeated. */
export function listed(text: string, before: readonly string[] | undefined): readonly string[] {
  const items = text.split(",").filter((each) => each !== "");
  if (items.length === 0) throw new InvalidArgumentError("It names nothing.");
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
const notNegative = (max: number) => (text: string) =>
  numberFrom(text, (value) => value >= 0 && value <= max, `a number from 0 to ${max}`);
