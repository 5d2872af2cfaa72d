/** What may stand at the end of a command line that is being typed. */
import type { SchedulerParameter } from "../../core/scheduler.ts";
import type { CommandData, OptionData } from "./command-data.ts";
import type { NamedKind, ValueData } from "./value-data.ts";

export interface CompletionData {
  readonly program: CommandData;
  readonly names: Readonly<Record<NamedKind, readonly Candidate[]>>;
  readonly parameters: Readonly<Record<string, readonly SchedulerParameter[]>>;
}

export interface Candidate {
  readonly text: string;
  readonly summary: string;
}

export interface Completion {
  /** Those that start with the last word. Nothing follows one that ends with `=`, not even a space. */
  readonly candidates: readonly Candidate[];
  /** Also paths of these. */
  readonly files?: "files" | "folders" | undefined;
}

/** `words` are those after `rtmm`; the last is incomplete, perhaps empty. */
export function completionOf(words: readonly string[], data: CompletionData): Completion {
  const last = words.at(-1) ?? "";
  const typed = readTyped(words.slice(0, -1), data.program);
  const { candidates, files } = completed(last, typed, data);
  return { candidates: candidates.filter(({ text }) => text.startsWith(last)), files };
}

/** What stands before the last word. */
interface Typed {
  readonly command: CommandData;
  readonly options: readonly OptionData[];
  /** Number of arguments. */
  readonly count: number;
  /** The option whose value comes next. */
  readonly open: OptionData | undefined;
  /** After `--`, every word is an argument. */
  readonly isEnded: boolean;
  /** Names, as options give them. */
  readonly schedulers: readonly string[];
}

function readTyped(words: readonly string[], program: CommandData): Typed {
  const start = { command: program, options: program.options, count: 0, open: undefined, isEnded: false };
  return words.reduce<Typed>(readWord, { ...start, schedulers: [] });
}

function readWord(typed: Typed, word: string): Typed {
  const { command, open, count, isEnded } = typed;
  if (open !== undefined) return { ...typed, open: undefined, ...withValue(typed, open, word) };
  if (!isEnded && word === "--") return { ...typed, isEnded: true };
  if (!isEnded && word.startsWith("-") && word !== "-") return readOption(typed, word);
  const inner = count === 0 ? command.commands.find(({ name }) => name === word) : undefined;
  if (inner === undefined) return { ...typed, count: count + 1 };
  return { ...typed, command: inner, options: [...inner.options, ...typed.options] };
}

function readOption(typed: Typed, word: string): Typed {
  const [flag, ...rest] = word.split("=");
  const option = typed.options.find(({ flags }) => flags.includes(flag!));
  if (option?.value === undefined) return typed;
  return rest.length === 0 ? { ...typed, open: option } : { ...typed, ...withValue(typed, option, rest.join("=")) };
}

function withValue({ schedulers }: Typed, { value }: OptionData, text: string): Pick<Typed, "schedulers"> {
  if (value?.kinds[0] !== "scheduler") return { schedulers };
  return { schedulers: [...schedulers, ...text.split(",").map((each) => each.replace(/:.*/, ""))] };
}

function completed(last: string, typed: Typed, data: CompletionData): Completion {
  const { command, open, options, count, isEnded } = typed;
  if (open !== undefined) return valueCompletion(open.value!, { prefix: "", last, typed }, data);
  const [flag] = last.split("=");
  if (!isEnded && last.startsWith("--") && last.includes("=")) {
    const value = options.find(({ flags }) => flags.includes(flag!))?.value;
    return value === undefined ? none : valueCompletion(value, { prefix: `${flag}=`, last, typed }, data);
  }
  if (!isEnded && last.startsWith("-")) return { candidates: options.map(optionCandidate) };
  if (command.commands.length > 0) {
    return { candidates: command.commands.map(({ name, summary }) => ({ text: name, summary })) };
  }
  const final = command.arguments.at(-1);
  const argument = command.arguments[count] ?? (final?.isVariadic === true ? final : undefined);
  return argument === undefined ? none : valueCompletion(argument.value, { prefix: "", last, typed }, data);
}

const none: Completion = { candidates: [] };

const optionCandidate = ({ flags, summary }: OptionData): Candidate => ({ text: flags.at(-1)!, summary });

interface Place {
  /** What of the last word is before the value. */
  readonly prefix: string;
  readonly last: string;
  readonly typed: Typed;
}

function valueCompletion(value: ValueData, { prefix, last, typed }: Place, data: CompletionData): Completion {
  const given = last.slice(prefix.length);
  const before = value.isList ? given.slice(0, given.lastIndexOf(",") + 1) : "";
  const listed = before.split(",");
  const item = given.slice(before.length);
  const candidates = [
    ...value.words.map((text) => ({ text, summary: "" })),
    ...value.kinds.flatMap((kind) =>
      kind === "parameter" ? parameterCandidates(item, typed.schedulers, data) : data.names[kind],
    ),
  ].filter(({ text }) => !listed.includes(text));
  return {
    candidates: candidates.map(({ text, summary }) => ({ text: prefix + before + text, summary })),
    files: before === "" ? value.files : undefined,
  };
}

/** `name=` or `scheduler:name=`, or with a name, its values. */
function parameterCandidates(item: string, named: readonly string[], data: CompletionData): readonly Candidate[] {
  const at = item.indexOf(":") + 1;
  const schedulers = at > 0 ? [item.slice(0, at - 1)] : named.length > 0 ? named : Object.keys(data.parameters);
  const parameters = schedulers.flatMap((name) => data.parameters[name] ?? []);
  const prefix = item.slice(0, at);
  const equals = item.indexOf("=", at);
  if (equals < 0) return firstOfEach(parameters.map(({ name, summary }) => ({ text: `${prefix}${name}=`, summary })));
  const name = item.slice(at, equals);
  const values = parameters.filter((parameter) => parameter.name === name).flatMap(valuesOf);
  return firstOfEach(values.map((value) => ({ text: `${prefix}${name}=${value}`, summary: "" })));
}

function valuesOf(parameter: SchedulerParameter): readonly string[] {
  if (parameter.kind === "choice") return parameter.choices;
  if (parameter.kind === "boolean") return ["true", "false"];
  const { kind, summary } = parameter;
  return [...new Set([String(parameter.default), ...(kind === "text" ? wordsToChoose(summary) : [])])];
}

/** Free text may name its words first: `what one decision runs: layer, model, or a number of layers`. */
const wordsToChoose = (summary: string): readonly string[] =>
  /: ((?:[\w-]+, )+)or /
    .exec(summary)?.[1]
    ?.split(", ")
    .filter((word) => word !== "") ?? [];

const firstOfEach = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(({ text }, i) => candidates.findIndex((other) => other.text === text) === i);
