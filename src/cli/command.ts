/** What a command is: a module in `commands/` that exports `command`, and a line in the table of `commands.ts`. */
import type { Command as Declaration } from "commander";
import type { TextOptions } from "../output/text-table.ts";
import type { Color } from "./color.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Streams } from "./streams.ts";

/** `Options` is what commander makes of the declared options. */
export interface CommandDefinition<Options = object> {
  /** Shown at the end of `--help`. */
  readonly examples: readonly Example[];
  /** Declares arguments and options; name, summary, common options and help layout are already there. */
  declare(declaration: Declaration): void;
  /** Throws RequestError, InputError or SchedulerError; `report-error.ts` prints them and knows their exit codes. */
  run(invocation: Invocation<Options>): Promise<ExitCode>;
}

export interface Example {
  readonly command: string;
  readonly meaning: string;
}

export interface Invocation<Options = object> {
  /** Arguments, those of a variadic one after each other. */
  readonly args: readonly string[];
  readonly options: Options;
  readonly streams: Streams;
  /** How text on stdout looks. */
  readonly textOptions: TextOptions;
  /** For stderr. */
  readonly errorColor: Color;
  /** Writes data to stdout, ending it with a line end if it has none. */
  print(data: string): void;
  /** Writes a remark to stderr, likewise. */
  note(remark: string): void;
}
