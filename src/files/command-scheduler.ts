/** Loads a scheduler that is a command. */
import { createHash } from "node:crypto";
import { isAbsolute, relative, resolve } from "node:path";
import { RequestError } from "../input/request-error.ts";
import { commandOf, PIPE, wordsOf } from "../input/scheduler-command.ts";
import { Conversation, helloLine, readHello } from "../protocol/conversation.ts";
import { textOf } from "../protocol/process-policy.ts";
import { ProcessScheduler, type ProcessSource, type ProcessWatcher } from "../protocol/process-scheduler.ts";
import type { InputFile } from "../records/run-result.ts";
import { rtmmVersion } from "../records/version.ts";
import type { FoundScheduler } from "../run/run-files.ts";
import { faultsOf } from "../run/scheduler-faults.ts";
import { PolicyProcess, type ProcessCommand } from "./policy-process.ts";
import type { ScriptFiles } from "./script-files.ts";

/** A process that has just been started may load large libraries. */
const LONGEST_START_MS = 60_000;

/** Throws RequestError for a command that does not start, or does not say what it is. */
export async function loadCommand(command: string, cwd: string, source: ScriptFiles): Promise<FoundScheduler> {
  if (process.platform === "win32")
    throw new RequestError(
      `${command}: policies as processes need named pipes, which Windows has not; run rtmm in WSL`,
    );
  const start = starterOf(command, source.onDisk(cwd));
  try {
    const first = start();
    first.send(helloLine(rtmmVersion));
    const hello = readHello(await first.firstLine(LONGEST_START_MS), 1);
    const scheduler = new ProcessScheduler(hello, new Processes(start, first));
    const faults = faultsOf(scheduler);
    if (faults.length > 0) throw new RequestError(faults.map((fault) => `${command}: ${fault}`).join("\n"));
    const files = [...filesIn(command, source), ...hello.files.map((file) => source.shown(resolve(cwd, file)))];
    return { scheduler, origin: "command", files: [commandInput(command), ...inputFiles(files, source)] };
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError(`${command}: ${textOf(error)}`);
  }
}

/** Starts a process of the command, or finds the one that it names. */
function starterOf(command: string, cwd: string): () => PolicyProcess {
  if (command.startsWith(PIPE)) return () => PolicyProcess.join(resolve(cwd, command.slice(PIPE.length)));
  const start: ProcessCommand = { words: wordsOf(command), cwd };
  return () => PolicyProcess.start(start);
}

/** The processes of one command in one thread: one for each run in progress, used again and again. */
class Processes implements ProcessSource {
  readonly #start: () => PolicyProcess;
  readonly #idle: Conversation[] = [];
  readonly #processes = new Map<Conversation, PolicyProcess>();
  #watcher: ProcessWatcher | undefined;

  constructor(start: () => PolicyProcess, first: PolicyProcess) {
    this.#start = start;
    this.#idle.push(this.#conversationWith(first, 1));
  }

  watchedBy(watcher: ProcessWatcher): void {
    this.#watcher = watcher;
  }

  take(): Conversation {
    const idle = this.#idle.pop();
    if (idle !== undefined) return this.#used(idle);
    const conversation = this.#used(this.#conversationWith(this.#start(), 0));
    conversation.hello(rtmmVersion);
    return conversation;
  }

  giveBack(conversation: Conversation, state: "usable" | "broken"): void {
    const process = this.#processes.get(conversation)!;
    process.showErrors();
    if (state === "usable") this.#idle.push(conversation);
    else {
      process.close();
      this.#processes.delete(conversation);
    }
  }

  #conversationWith(process: PolicyProcess, lines: number): Conversation {
    const conversation = new Conversation(process, lines);
    this.#processes.set(conversation, process);
    return conversation;
  }

  /** Whoever watches this thread ends the process in its place. */
  #used(conversation: Conversation): Conversation {
    if (this.#watcher !== undefined) this.#watcher.pid = this.#processes.get(conversation)!.pid;
    return conversation;
  }
}

/** The command itself: without it no run could be repeated. */
const commandInput = (command: string): InputFile => ({
  role: "scheduler",
  from: "command",
  path: command,
  sha256: createHash("sha256").update(command).digest("hex"),
});

const inputFiles = (files: readonly string[], source: ScriptFiles): readonly InputFile[] =>
  [...new Set(files)]
    .filter((file) => source.status(file).kind === "file")
    .map((file) => ({ role: "scheduler", ...source.origin(file), sha256: source.sha256(file) }));

/** The words of a command that are files, such as the script of an interpreter; a program on the PATH is none. */
function filesIn(command: string, source: ScriptFiles): readonly string[] {
  if (command.startsWith(PIPE)) return [];
  const files = wordsOf(command).filter((word) => isFile(word, source));
  return files.map((word) => source.shown(source.absolute(word)));
}

const isFile = (word: string, source: ScriptFiles): boolean =>
  /[./\\]/.test(word) && source.status(source.absolute(word)).kind === "file";

/** The command that a file in a folder names, as the current folder would name it. */
export const locatedCommand = (command: string, folder: string, source: ScriptFiles): string =>
  moved(command, folder, source.absolute("."), source);

/** A command of the current folder, as a file in another folder would name it. */
export const commandIn = (folder: string, command: string, source: ScriptFiles): string =>
  moved(command, source.absolute("."), folder, source);

/** Words that are files lead from another folder to the same files. */
function moved(command: string, from: string, to: string, source: ScriptFiles): string {
  const there = (path: string): string => (isAbsolute(path) ? path : relative(to, resolve(from, path)));
  if (command.startsWith(PIPE)) return PIPE + there(command.slice(PIPE.length));
  if (from === to) return command;
  const words = wordsOf(command).map((word) => {
    if (isAbsolute(word) || !isFile(resolve(from, word), source)) return word;
    // A program without a folder would be looked for on the PATH.
    return /[/\\]/.test(word) && !/[/\\]/.test(there(word)) ? `./${there(word)}` : there(word);
  });
  return commandOf(words);
}
