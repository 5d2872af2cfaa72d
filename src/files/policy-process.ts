/**
 * The process of a policy, and the pipes to it. A simulation is synchronous, so it waits for each answer in the kernel:
 * with blocking pipes of its own, not with Node's streams. See docs/decisions.md.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  read,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Channel, ChannelClosed } from "../protocol/channel.ts";

/** How the process is started. */
export interface ProcessCommand {
  readonly words: readonly string[];
  /** Absolute. */
  readonly cwd: string;
}

const BUFFER_BYTES = 64 * 1024;
/** What is shown of the standard error of a process that has ended. */
const MOST_ERROR_BYTES = 4000;
const NEWLINE = 10;

export class PolicyProcess implements Channel {
  /** 0: it is not rtmm's to end. */
  readonly pid: number;
  readonly #toPolicy: number;
  readonly #fromPolicy: number;
  /** A file without a name that holds its standard error; undefined: that is not rtmm's to show. */
  readonly #errors: number | undefined;
  #shownErrors = 0;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #from = 0;
  #to = 0;
  #isOpen = true;

  private constructor(pid: number, toPolicy: number, fromPolicy: number, errors?: number) {
    this.pid = pid;
    this.#toPolicy = toPolicy;
    this.#fromPolicy = fromPolicy;
    this.#errors = errors;
  }

  /** Throws ChannelClosed if it does not start. */
  static start({ words, cwd }: ProcessCommand): PolicyProcess {
    const folder = mkdtempSync(join(tmpdir(), "rtmm-policy-"));
    try {
      const [input, output] = pipesIn(folder);
      const errors = openSync(join(folder, "errors"), "a+");
      const [program, ...args] = words as [string, ...string[]];
      // Python orders sets by hashes that differ from process to process unless told not to.
      const env = { PYTHONHASHSEED: "0", ...process.env };
      const child = spawn(program, args, { cwd, env, stdio: [input.read, output.write, errors] });
      closeSync(input.read);
      closeSync(output.write);
      // The event says nothing that a missing pid has not said.
      child.on("error", () => undefined);
      child.unref();
      if (child.pid !== undefined) return new PolicyProcess(child.pid, input.write, output.read, errors);
      for (const each of [input.write, output.read, errors]) closeSync(each);
      throw new ChannelClosed(`cannot start ${program}: is it installed, and on the PATH?`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * One that runs already, and has opened its ends of the named pipes `to-policy` and `from-policy` in a folder. Throws
   * ChannelClosed if nobody is there.
   */
  static join(folder: string): PolicyProcess {
    try {
      // A pipe that nobody reads must not keep this thread waiting.
      const probe = openSync(join(folder, "to-policy"), constants.O_WRONLY | constants.O_NONBLOCK);
      const toPolicy = openSync(join(folder, "to-policy"), constants.O_WRONLY);
      closeSync(probe);
      return new PolicyProcess(0, toPolicy, openSync(join(folder, "from-policy"), constants.O_RDONLY));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ChannelClosed(code === "ENXIO" ? `nobody reads ${folder}/to-policy` : (error as Error).message);
    }
  }

  send(line: string): void {
    try {
      const bytes = Buffer.from(`${line}\n`);
      for (let at = 0; at < bytes.length; ) at += again(() => writeSync(this.#toPolicy, bytes, at));
    } catch (error) {
      this.#throwClosed(error);
    }
  }

  receive(): string {
    const known = this.#takeLine();
    if (known !== undefined) return known;
    const parts: Buffer[] = [];
    for (;;) {
      parts.push(Buffer.from(this.#buffer.subarray(this.#from, this.#to)));
      this.#fill();
      const rest = this.#takeLine();
      if (rest !== undefined) return parts.every(({ length }) => length === 0) ? rest : textOf(parts, rest);
    }
  }

  /** The first line. It leaves this thread free, and gives up after a time. Throws ChannelClosed. */
  async firstLine(limitMs: number): Promise<string> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.end();
    }, limitMs);
    try {
      for (let text = ""; ; ) {
        const { bytesRead } = await readAsync(this.#fromPolicy, this.#buffer, 0, BUFFER_BYTES, null);
        if (isLate) throw new ChannelClosed(`it did not answer the first message within ${limitMs / 1000} s`);
        if (bytesRead === 0) this.#throwEnded();
        text += this.#buffer.toString("utf8", 0, bytesRead);
        if (text.endsWith("\n")) return text.slice(0, -1);
      }
    } finally {
      clearTimeout(timer);
      if (isLate) this.#close();
    }
  }

  /** Writes to standard error what the process has written to its own, except for what was shown before. */
  showErrors(): void {
    if (this.#errors === undefined) return;
    const { size } = fstatSync(this.#errors);
    if (size > this.#shownErrors) writeSync(2, bytesOf(this.#errors, this.#shownErrors, size));
    ftruncateSync(this.#errors);
    this.#shownErrors = 0;
  }

  /** Ends it at once. */
  end(): void {
    if (!this.#isOpen || this.pid === 0) return;
    try {
      process.kill(this.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  /** Ends it, and gives its pipes free. */
  close(): void {
    this.end();
    this.#close();
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const each of [this.#toPolicy, this.#fromPolicy, this.#errors]) if (each !== undefined) closeSync(each);
  }

  /** undefined: the buffer holds no whole line. */
  #takeLine(): string | undefined {
    const end = this.#buffer.subarray(0, this.#to).indexOf(NEWLINE, this.#from);
    if (end < 0) return undefined;
    const line = this.#buffer.toString("utf8", this.#from, end);
    this.#from = end + 1;
    return line;
  }

  #fill(): void {
    let bytes = 0;
    try {
      bytes = again(() => readSync(this.#fromPolicy, this.#buffer, 0, BUFFER_BYTES, null));
    } catch (error) {
      this.#throwClosed(error);
    }
    if (bytes === 0) this.#throwEnded();
    this.#from = 0;
    this.#to = bytes;
  }

  #throwClosed(error: unknown): never {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") this.#throwEnded();
    throw error;
  }

  #throwEnded(): never {
    if (this.#errors === undefined) throw new ChannelClosed("its process has ended");
    const { size } = fstatSync(this.#errors);
    const from = Math.max(this.#shownErrors, size - MOST_ERROR_BYTES);
    const text = bytesOf(this.#errors, from, size).toString("utf8").trimEnd();
    this.#shownErrors = size;
    throw new ChannelClosed(`its process has ended${text === "" ? " without a word" : `:\n${text}`}`);
  }
}

function bytesOf(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
}

const readAsync = promisify(read);

/** The rest of a line and the parts that were read before it. */
const textOf = (parts: readonly Buffer[], rest: string): string =>
  Buffer.concat([...parts, Buffer.from(rest)]).toString("utf8");

interface Pipe {
  readonly read: number;
  readonly write: number;
}

/** Two named pipes, opened at both ends. The names may be removed. Throws ChannelClosed. */
function pipesIn(folder: string): readonly [Pipe, Pipe] {
  const paths = [join(folder, "in"), join(folder, "out")] as const;
  const { status, error } = spawnSync("mkfifo", paths);
  if (status !== 0)
    throw new ChannelClosed(`cannot make pipes with mkfifo: ${error?.message ?? `exit code ${status}`}`);
  return [openPipe(paths[0]), openPipe(paths[1])];
}

/** An end waits for the other one to be opened, so the first open takes both. */
function openPipe(path: string): Pipe {
  const both = openSync(path, constants.O_RDWR);
  const pipe = { read: openSync(path, constants.O_RDONLY), write: openSync(path, constants.O_WRONLY) };
  closeSync(both);
  return pipe;
}

/** Signals interrupt system calls. */
function again(work: () => number): number {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EINTR") throw error;
    }
  }
}
