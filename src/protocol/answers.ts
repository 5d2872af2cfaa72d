/** Reads what a policy's process answers. Whatever is wrong with a line is told with its number and its text. */

import type { Candidate, SchedulerParameter } from "../core/scheduler.ts";
import { isMapping } from "../input/mapping.ts";
import { askable, type HelloAnswer, PROTOCOL_VERSION, type Question, type StartAnswer } from "./wire.ts";

/** A line that is not what the protocol says. The message says what is wrong with it. */
export class BadLine extends Error {}

type Fields = Readonly<Record<string, unknown>>;

const MOST_CHARACTERS = 120;

/** The object of a line; `line`: its number among the lines of the process, from 1. Throws BadLine. */
export function fieldsOf(text: string, line: number): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadLine(`line ${line} of its output is not JSON: ${shortened(text)}; only answers belong there`);
  }
  if (!isMapping(value)) throw new BadLine(`line ${line} of its output is no JSON object: ${shortened(text)}`);
  return value;
}

const shortened = (text: string): string => {
  const shown = JSON.stringify(text);
  return shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS - 1)}…` : shown;
};

/** Reads the fields of one line, and says of which line what is wrong. */
export class AnswerReader {
  readonly #fields: Fields;
  readonly #where: string;

  constructor(fields: Fields, where: string) {
    this.#fields = fields;
    this.#where = where;
  }

  static ofLine(text: string, line: number): AnswerReader {
    return new AnswerReader(fieldsOf(text, line), `line ${line} of its output`);
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  /** A misspelt field would do nothing without a word. */
  allow(names: readonly string[]): void {
    const unknown = Object.keys(this.#fields).find((name) => !names.includes(name));
    if (unknown !== undefined) this.#fail(`has a field "${unknown}"; it may have ${names.join(", ")}`);
  }

  text(name: string): string {
    const value = this.#fields[name];
    return typeof value === "string" ? value : this.#fail(`needs "${name}", a text`, value);
  }

  number(name: string): number {
    const value = this.#fields[name];
    return typeof value === "number" ? value : this.#fail(`needs "${name}", a number`, value);
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  boolean(name: string, usual: boolean): boolean {
    const value = this.#fields[name] ?? usual;
    return typeof value === "boolean" ? value : this.#fail(`needs "${name}", true or false`, value);
  }

  list(name: string): readonly unknown[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value : this.#fail(`needs "${name}", a list`, value);
  }

  /** Each of a list of objects. */
  objects(name: string): readonly AnswerReader[] {
    return this.list(name).map((value, at) =>
      isMapping(value)
        ? new AnswerReader(value, `${name}[${at}] in ${this.#where}`)
        : this.#fail(`needs objects in "${name}"`, value),
    );
  }

  object(name: string): AnswerReader {
    const value = this.#fields[name];
    return isMapping(value)
      ? new AnswerReader(value, `${name} in ${this.#where}`)
      : this.#fail(`needs "${name}", an object`, value);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.#fields[name];
    if (values.includes(value as Value)) return value as Value;
    return this.#fail(`needs "${name}", one of ${values.join(", ")}`, value);
  }

  /** Its numbers by name. */
  numbers(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.keys(this.#fields).map((name) => [name, this.number(name)]));
  }

  #fail(what: string, value?: unknown): never {
    throw new BadLine(`${this.#where} ${what}${value === undefined ? "" : `, and has ${shortened(String(value))}`}`);
  }
}

/** What the process says of itself. The parameters are checked with the rest of the scheduler. */
export function helloAnswer(answer: AnswerReader): HelloAnswer {
  const protocol = answer.number("protocol");
  if (protocol !== PROTOCOL_VERSION)
    throw new BadLine(`it speaks version ${protocol} of the protocol, and this rtmm version ${PROTOCOL_VERSION}`);
  return {
    protocol,
    name: answer.text("name"),
    summary: answer.text("summary"),
    source: answer.text("source"),
    parameters: answer.list("parameters") as readonly SchedulerParameter[],
    files: answer.has("files") ? answer.list("files").map(String) : [],
  };
}

export const startAnswer = (answer: AnswerReader): StartAnswer => ({
  lateDrop: answer.boolean("lateDrop", true),
  preempt: answer.boolean("preempt", false),
});

export function questionOf(answer: AnswerReader): Question {
  answer.allow(["job", "what", "accelerator", "units"]);
  const accelerator = answer.optionalNumber("accelerator");
  const units = answer.optionalNumber("units");
  return {
    job: answer.number("job"),
    what: answer.oneOf("what", askable),
    ...(accelerator !== undefined && { accelerator }),
    ...(units !== undefined && { units }),
  };
}

/** A candidate whose job and accelerator are still numbers. */
export interface WireCandidate extends Pick<Candidate, "score" | "terms"> {
  readonly job: number;
  readonly accelerator?: number;
}

export function candidateOf(answer: AnswerReader): WireCandidate {
  answer.allow(["job", "accelerator", "score", "terms"]);
  const accelerator = answer.optionalNumber("accelerator");
  const score = answer.optionalNumber("score");
  return {
    job: answer.number("job"),
    ...(accelerator !== undefined && { accelerator }),
    ...(score !== undefined && { score }),
    ...(answer.has("terms") && { terms: answer.object("terms").numbers() }),
  };
}
