/** What the command line takes, as plain data: for completion and the manual page, which are made when rtmm is built. */
import type { Argument, Command, Option } from "commander";
import { placesOf, type ValueData, valueDataOf } from "./value-data.ts";

export interface CommandData {
  readonly name: string;
  readonly summary: string;
  /** As in `--help`. */
  readonly usage: string;
  readonly options: readonly OptionData[];
  readonly arguments: readonly ArgumentData[];
  readonly commands: readonly CommandData[];
}

export interface OptionData {
  /** As in `--help`. */
  readonly term: string;
  readonly summary: string;
  readonly flags: readonly string[];
  /** undefined: a switch. */
  readonly value?: ValueData;
}

export interface ArgumentData {
  readonly term: string;
  readonly summary: string;
  readonly value: ValueData;
  readonly isVariadic: boolean;
}

export function commandData(command: Command): CommandData {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  return {
    name: command.name(),
    summary: command.description(),
    usage: help.commandUsage(command),
    options: help.visibleOptions(command).map((option) => optionData(option, help.optionDescription(option))),
    arguments: isGroup(command) ? [] : command.registeredArguments.map((argument) => argumentData(argument)),
    commands: commands.map((each) => (each.name() === "help" ? helpData(each, commands) : commandData(each))),
  };
}

const isGroup = (command: Command): boolean => command.commands.length > 0;

const optionData = (option: Option, summary: string): OptionData => ({
  term: option.flags,
  summary,
  flags: [option.short, option.long].filter((flag) => flag !== undefined),
  ...(option.required || option.optional ? { value: optionValue(option) } : {}),
});

function optionValue({ long, flags, description, argChoices }: Option): ValueData {
  const place = /[<[](.*)[\]>]/.exec(flags)![1]!;
  return valueDataOf({ name: long!.slice("--".length), place, summary: description, choices: argChoices });
}

function argumentData(argument: Argument): ArgumentData {
  const [name, summary] = [argument.name(), argument.description];
  return {
    term: argument.required ? `<${name}>` : `[${name}]`,
    summary,
    value: valueDataOf({ name, place: placesOf(name), summary, choices: argument.argChoices }),
    isVariadic: argument.variadic,
  };
}

/** Of `rtmm help`, whose argument is a command. */
function helpData(command: Command, commands: readonly Command[]): CommandData {
  const words = commands.map((each) => each.name()).filter((name) => name !== "help");
  const value: ValueData = { kinds: [], words, isList: false };
  const [summary, argument] = [command.description(), { term: "[command]", summary: "", value, isVariadic: false }];
  return { name: "help", summary, usage: "rtmm help [command]", options: [], arguments: [argument], commands: [] };
}
