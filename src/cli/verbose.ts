/** `--verbose`: lines on stderr that say what was loaded from where, what applies, and how long it took. */
import type { FileEvents, FoundFile } from "../files/file-events.ts";
import { printable } from "../input/printable.ts";
import { quote } from "../input/quote.ts";
import { counted } from "../output/words.ts";
import { once } from "./once.ts";

/** One line: a word for what it is about, then the facts. */
export type Verbose = (topic: string, text: string) => void;

export const silent: Verbose = () => undefined;

/** Each line begins with `verbose:`, so that `grep` can take them or leave them. */
export const verboseTo =
  (note: (text: string) => void): Verbose =>
  (topic, text) =>
    note(`verbose: ${topic} ${printable(text).replaceAll("\n", " ")}`);

/** Each way to a file is told once. */
export function verboseFiles(verbose: Verbose): FileEvents {
  const found = once((text) => verbose("found", text));
  const read = once((text) => verbose("read", text));
  return {
    found(file) {
      // A path that was found is looked up again by those who read it.
      if (file.kind === "scheduler" || file.name !== file.path) found(foundText(file));
    },
    read: (path, bytes) => read(`${path} (${formatOf(path)}, ${counted(bytes.length, "byte")}, ${linesText(bytes)})`),
  };
}

function foundText({ kind, name, path, rule, from }: FoundFile): string {
  const rules = {
    path: from === undefined ? "path from the current folder" : `path from the folder of ${from}`,
    beside: from === undefined ? "file in the current folder" : `file beside ${from}`,
    "built-in": "comes with rtmm",
    "in memory": "in memory",
  };
  return `${kind} ${quote(name)}${path === undefined ? "" : `: ${path}`} (${rules[rule]})`;
}

const formats: Readonly<Record<string, string>> = {
  yaml: "YAML",
  yml: "YAML",
  csv: "CSV",
  json: "JSON",
  js: "JavaScript",
  mjs: "JavaScript",
  ts: "TypeScript",
  mts: "TypeScript",
};

const formatOf = (path: string): string => formats[/[.](\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ""] ?? "text";

const LINE_END = 10;

function linesText(bytes: Uint8Array): string {
  let ends = 0;
  for (const byte of bytes) if (byte === LINE_END) ends += 1;
  return counted(bytes.length > 0 && bytes.at(-1) !== LINE_END ? ends + 1 : ends, "line");
}

/** How long each phase of a command took. */
export class Phases {
  readonly #verbose: Verbose;
  readonly #startMs = performance.now();
  #name = "load";
  #sinceMs = this.#startMs;

  constructor(verbose: Verbose) {
    this.#verbose = verbose;
  }

  begin(name: string): void {
    const ms = performance.now();
    this.#verbose("phase", `${this.#name} ${seconds(ms - this.#sinceMs)}`);
    this.#name = name;
    this.#sinceMs = ms;
  }

  end(): void {
    this.begin("");
    this.#verbose("phase", `total ${seconds(performance.now() - this.#startMs)}`);
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
