/** The interface of a command. Each is a module in `commands/` that exports `command`, with an entry in `commands.ts`. */
import type { Command as Declaration } from "commander";
import type { FileEvents } from "../files/file-events.ts";
import type { TextOptions } from "../output/text-table.ts";
import type { Interruptibly } from "../run/interruptibly.ts";
import type { LoadPolicy } from "../run/run-files.ts";
import type { Color } from "./color.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Progress, ProgressOptions } from "./progress.ts";
import type { Streams } from "./streams.ts";
import type { Verbose } from "./verbose.ts";

/** `Options` is the object that commander builds from the declared options. */
export interface CommandDefinition<Options = object> {
  /** Shown at the end of `--help`. */
  readonly examples: readonly Example[];
  /** Declares arguments and options. Name, summary, common options and help layout are set by the caller. */
  declare(declaration: Declaration): void;
  /** Throws RequestError, InputError or SchedulerError. `report-error.ts` prints them and picks the exit code. */
  run(invocation: Invocation<Options>): Promise<ExitCode>;
}

/** A command that consists of others, such as `rtmm import <format>`. */
export interface CommandGroup {
  readonly examples: readonly Example[];
  /** In the order of `--help`. */
  readonly subcommands: readonly CommandEntry[];
  /** What a sub-command is called, and the verb, for messages: `format`, `import`. */
  readonly what: string;
  readonly does: string;
}

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ readonly command: CommandDefinition | CommandGroup }>;
}

export interface Example {
  readonly command: string;
  readonly meaning: string;
}

export interface Invocation<Options = object> {
  /** All words after `rtmm`. */
  readonly argv: readonly string[];
  /** All arguments in order; a variadic argument contributes each of its values. */
  readonly args: readonly string[];
  readonly options: Options;
  readonly streams: Streams;
  /** As `streams` runs it, with the policy timeout of the options. */
  readonly interruptibly: Interruptibly;
  /** As `streams` does it, with the same timeout. */
  readonly loadPolicy: LoadPolicy;
  /** How long a call of a user's policy may last. */
  readonly policyTimeoutMs: number;
  /** Layout and colour of text on stdout. */
  readonly textOptions: TextOptions;
  /** Colour of text on stderr. */
  readonly errorColor: Color;
  /** Writes data to stdout. Adds a line end if there is none. */
  print(data: string): void;
  /** Writes a remark to stderr. Adds a line end if there is none. */
  note(remark: string): void;
  /** Writes a line to stderr if `--verbose` is given. */
  readonly verbose: Verbose;
  /** Hears of the files that a command finds and reads. */
  readonly fileEvents: FileEvents;
  /** Tells on stderr how far work has come, until it is stopped. One at a time. */
  showProgress(options: ProgressOptions): Progress;
}
