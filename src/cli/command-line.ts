/** Parses the command line and runs the command it names. */
import { Command, CommanderError, Option } from "commander";
import { POLICY_TIMEOUT_MS } from "../executors/policy-watch.ts";
import type { FileEvents } from "../files/file-events.ts";
import { nameHint } from "../input/closest.ts";
import { RequestError } from "../input/request-error.ts";
import { rtmmVersion } from "../records/version.ts";
import { type ColorOption, colorOf } from "./color.ts";
import type { CommandDefinition, CommandEntry, CommandGroup, Example } from "./command.ts";
import { commands } from "./commands.ts";
import { type ExitCode, exitCode, stoppedBy } from "./exit-codes.ts";
import { Interruption } from "./interruption.ts";
import { positive } from "./options/run-options.ts";
import { type Progress, type ProgressPlace, showProgress } from "./progress.ts";
import { aside, statusLineOn } from "./status-line.ts";
import type { OutputStream, Streams } from "./streams.ts";
import { symbolsFor } from "./symbols.ts";
import { Phases, silent, verboseFiles, verboseTo } from "./verbose.ts";

interface CommonOptions {
  readonly color: ColorOption;
  readonly debug?: true;
  /** Seconds. */
  readonly policyTimeout: number;
  readonly verbose?: true;
}

const LONGEST_TIMEOUT_S = 1e6;

export async function runCommandLine(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok;
  const program = createProgram(streams);
  const call: Call = async (command, declaration) => {
    code = await run({ command, declaration, argv }, streams);
  };
  await declareAll(program, commands, (name) => argv.includes(name), call);
  try {
    await program.parseAsync(withoutHelpCommand(argv), { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    if (error instanceof Interruption && streams.listener !== undefined) return stoppedBy[error.by];
    return reportTo(streams, error, argv, program.opts<CommonOptions>());
  }
}

/**
 * `import onnx --help` for `help import onnx`: commander knows only the first word, and shows all commands for an unknown
 * one, without a word.
 */
function withoutHelpCommand(argv: readonly string[]): readonly string[] {
  const [first, topic] = argv;
  if (first !== "help" || topic === undefined || topic.startsWith("-")) return argv;
  if (topic === "help") return argv.slice(1);
  const names = commands.map(({ name }) => name);
  if (!names.includes(topic)) throw new RequestError(`there is no command "${topic}"${nameHint(topic, names)}`);
  return [...argv.slice(1), "--help"];
}

function createProgram({ stdout, stderr }: Pick<Streams, "stdout" | "stderr">): Command {
  return new Command("rtmm")
    .description("Benchmark schedulers for real-time multi-model ML workloads on multi-accelerator systems.")
    .version(rtmmVersion, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help for a command")
    .addOption(new Option("--color <when>", "colour the output").choices(["auto", "always", "never"]).default("auto"))
    .option("--debug", "show where an error came from")
    .option(
      "--policy-timeout <s>",
      "stop a policy of yours that does not return from a call for this long",
      positive(LONGEST_TIMEOUT_S),
      POLICY_TIMEOUT_MS / 1000,
    )
    .option("--verbose", "say on stderr what is loaded from where, what applies, and how long it takes")
    .configureHelp({ showGlobalOptions: true, helpWidth: 80 })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .addHelpText(
      "after",
      "\nExit codes: 0 success, 1 a run failed, 2 bad usage or input, 3 not as expected,\n4 nothing to compare, 130 interrupted (143 by SIGTERM).",
    )
    .exitOverride();
}

type Call = (command: CommandDefinition, declaration: Command) => Promise<void>;

/** Every command with its options, to be described and not to be run. */
export async function wholeProgram(): Promise<Command> {
  const nowhere = { write: () => true };
  const program = createProgram({ stdout: nowhere, stderr: nowhere });
  await declareAll(
    program,
    commands,
    () => true,
    async () => {},
  );
  return program;
}

/** Of the commands that are not whole, name and summary are enough. */
async function declareAll(
  parent: Command,
  entries: readonly CommandEntry[],
  isWhole: (name: string) => boolean,
  call: Call,
): Promise<void> {
  for (const entry of entries) {
    const declaration = parent.command(entry.name).description(entry.summary).summary(entry.summary);
    if (!isWhole(entry.name)) continue;
    const { command } = await entry.load();
    if ("subcommands" in command) {
      declareGroup(declaration, command);
      await declareAll(declaration, command.subcommands, isWhole, call);
    } else {
      command.declare(declaration);
      declaration.action(() => call(command, declaration));
    }
    if (command.examples.length > 0) declaration.addHelpText("after", `\nExamples:\n${exampleLines(command.examples)}`);
  }
}

/** Its own action only says which sub-commands there are. */
function declareGroup(declaration: Command, { what, does, subcommands }: CommandGroup): void {
  const names = subcommands.map(({ name }) => name);
  declaration
    .usage(`<${what}> [options] <files...>`)
    .argument(`[${what}]`)
    .allowExcessArguments()
    .allowUnknownOption()
    .action((given?: string) => {
      if (given === undefined) throw new RequestError(`${does} needs a ${what}: ${names.join(", ")}`);
      throw new RequestError(`cannot ${does} "${given}"${nameHint(given, names)}`);
    });
}

const exampleLines = (examples: readonly Example[]): string =>
  examples.map(({ command, meaning }) => `  ${command}\n      ${meaning}`).join("\n");

interface Called {
  readonly command: CommandDefinition;
  readonly declaration: Command;
  readonly argv: readonly string[];
}

async function run({ command, declaration, argv }: Called, streams: Streams): Promise<ExitCode> {
  const { color, verbose: isVerbose, policyTimeout, ...options } = declaration.optsWithGlobals<CommonOptions>();
  const policyTimeoutMs = policyTimeout * 1000;
  const { env } = streams;
  const line = statusLineOn(streams.stderr, env);
  const [stdout, stderr] = [aside(streams.stdout, line), aside(streams.stderr, line)];
  const errorColor = colorOf(stderr, env, color);
  const note = (remark: string): unknown => writeLines(stderr, remark);
  const verbose = isVerbose === true ? verboseTo(note) : silent;
  const log = isVerbose === true ? (text: string) => verbose("progress", text) : undefined;
  const phases = new Phases(verbose);
  const stopped = (): void => phases.begin("output");
  const place: ProgressPlace = { line, color: errorColor, symbols: symbolsFor(stderr, env), log, stopped };
  let progress: Progress | undefined;
  const { drawTable } = await import("./draw-table.ts");
  try {
    return await command.run({
      argv,
      args: declaration.args,
      options,
      streams: { ...streams, stdout, stderr },
      interruptibly: (simulation, setup) => streams.interruptibly(simulation, setup, policyTimeoutMs),
      loadPolicy: (path, load) => streams.loadPolicy(path, load, policyTimeoutMs),
      policyTimeoutMs,
      textOptions: { color: colorOf(stdout, env, color), drawTable },
      errorColor,
      print: (data) => writeLines(stdout, data),
      note,
      verbose,
      fileEvents: fileEventsFor(streams, isVerbose === true ? verboseFiles(verbose) : {}),
      showProgress(asked) {
        progress?.stop();
        phases.begin("work");
        progress = showProgress(asked, place);
        return progress;
      },
    });
  } finally {
    progress?.stop();
    phases.end();
  }
}

/** Those of whoever watches, and of `--verbose`. */
const fileEventsFor = ({ listener }: Streams, told: FileEvents): FileEvents =>
  listener === undefined
    ? told
    : {
        ...told,
        asked: listener.files.asked,
        read(path, bytes) {
          listener.files.read?.(path, bytes);
          told.read?.(path, bytes);
        },
      };

const writeLines = (stream: OutputStream, text: string): unknown =>
  stream.write(text === "" || text.endsWith("\n") ? text : `${text}\n`);

async function reportTo(
  { stderr, env, cwd }: Streams,
  error: unknown,
  argv: readonly string[],
  options: CommonOptions,
): Promise<ExitCode> {
  const [{ reportError }, { withOtherTools }] = await Promise.all([
    import("./report-error.ts"),
    import("./other-tools.ts"),
  ]);
  const stack = options.debug === undefined ? "hidden" : "shown";
  return reportError(withOtherTools(error, argv, cwd), stderr, { color: colorOf(stderr, env, options.color), stack });
}
