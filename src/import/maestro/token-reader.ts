/** Reads tokens one by one, and collects every problem of a file with its position. */

import { closest } from "../../input/closest.ts";
import type { ProblemCode } from "../../input/problem.ts";
import type { Reporter } from "../reporter.ts";
import { type Token, tokenize } from "./tokens.ts";

export type Handlers = Readonly<Record<string, (keyword: Token) => void>>;

/** As in rtmm's files; the artifact reads numbers into C ints. */
const largest = 1_000_000_000;

/** How MAESTRO's own files are read; the artifact's rules hold where it is absent. */
export interface ReadingStyle {
  /** Braces may touch other characters. */
  readonly braces: "free";
  /** Names keep all their pieces: `conv2d-1` is one name. */
  readonly names: "whole";
}

export class TokenReader {
  readonly #reporter: Reporter;
  /** Words with a meaning in this format; never skipped in search of something else. */
  readonly #keywords: ReadonlySet<string>;
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  readonly #style: ReadingStyle | undefined;
  /** By name: numbers that stand for it wherever a whole number is read. */
  readonly #constants = new Map<string, number>();
  #next = 0;

  constructor(text: string, reporter: Reporter, keywords: Iterable<string>, style?: ReadingStyle) {
    const { tokens, gluedBraces, end } = tokenize(text);
    this.#reporter = reporter;
    this.#keywords = new Set(keywords);
    this.#tokens = tokens;
    this.#end = end;
    this.#style = style;
    if (style?.braces === "free") return;
    for (const token of gluedBraces) {
      this.report(token, "MAESTRO_SYNTAX", `a brace needs spaces around it, got ${quote(token.text)}`);
    }
  }

  /** Whether names keep all their pieces. */
  get keepsNames(): boolean {
    return this.#style?.names === "whole";
  }

  report(at: Token, code: ProblemCode, message: string): void {
    this.#reporter.report(at, code, message);
  }

  /** Gives a number a name; the last one of a name counts. */
  define(name: string, value: number): void {
    this.#constants.set(name, value);
  }

  /** Whether the next token is this word, which is then read. */
  accepts(word: string): boolean {
    if (this.#peek()?.text !== word) return false;
    this.#next += 1;
    return true;
  }

  /** The whole file as a sequence of blocks. */
  blocks(handlers: Handlers): void {
    if (this.#peek() === undefined) this.report(this.#end, "EMPTY_FILE", `expected ${alternatives(handlers)}`);
    for (let token = this.#take(); token !== undefined; token = this.#take())
      this.dispatch(token, handlers, "the file");
  }

  /** `{ ... }`: calls `entry` with each token that `entry` has not read itself. Ends early at one of `enclosing`. */
  block(owner: Token, enclosing: readonly string[], entry: (token: Token) => void): void {
    if (!this.#opens(owner)) return;
    for (;;) {
      const token = this.#peek();
      if (token === undefined || enclosing.includes(token.text)) {
        const where = token ?? this.#end;
        this.report(where, "MAESTRO_SYNTAX", `missing "}" of the ${owner.text} in line ${owner.line}`);
        return;
      }
      this.#next += 1;
      if (token.text === "}") return;
      entry(token);
    }
  }

  /** Calls the handler of a keyword. Reports an unknown word, and reads it as the nearest keyword or skips it. */
  dispatch(token: Token, handlers: Handlers, place: string): void {
    if (Object.hasOwn(handlers, token.text)) {
      handlers[token.text]?.(token);
      return;
    }
    const near = nearest(token.text, Object.keys(handlers));
    const hint = near === undefined ? `expected ${alternatives(handlers)}` : `did you mean "${near}"?`;
    this.report(token, "UNKNOWN_KEY", `unexpected ${quote(token.text)} in ${place}; ${hint}`);
    if (near !== undefined) handlers[near]?.({ ...token, text: near });
    else this.skipFrom(token, handlers);
  }

  /** The name before `{`, of several the last; undefined if there is none. */
  name(owner: Token): Token | undefined {
    let name: Token | undefined;
    for (;;) {
      const token = this.#peek();
      if (token === undefined || token.text === "{" || token.text === "}") return name;
      // A keyword on a later line is not a name: a brace is missing, which block() reports.
      if (token.line > owner.line && this.#keywords.has(token.text)) return name;
      name = this.keepsNames && name !== undefined ? joined(name, token) : token;
      this.#next += 1;
    }
  }

  /** A whole number from 1 to `most`; reported and undefined if there is none. */
  whole(owner: Token, most = largest): number | undefined {
    const number = this.#number(owner, /^\d+/, "a whole number");
    if (number === undefined) return undefined;
    const { token, value } = number;
    if (value < 1) this.report(token, "NOT_POSITIVE", `${owner.text} must be at least 1, got ${quote(token.text)}`);
    else if (value > most)
      this.report(token, "TOO_BIG", `${owner.text} must be at most ${most}, got ${quote(token.text)}`);
    else return value;
    return undefined;
  }

  /** A number from 0 to 1. */
  share(owner: Token): number | undefined {
    const number = this.#number(owner, /^(\d+\.?\d*|\.\d+)/, "a number from 0 to 1");
    if (number === undefined || number.value <= 1) return number?.value;
    this.report(number.token, "TOO_BIG", `${owner.text} must be from 0 to 1, got ${quote(number.token.text)}`);
    return undefined;
  }

  /** A word that is none of the format's; reported and undefined if there is none. */
  anyWord(owner: Token): Token | undefined {
    const token = this.#operand();
    const at = token ?? this.#peek() ?? this.#end;
    if (token === undefined) this.report(at, "MAESTRO_SYNTAX", `${owner.text} needs a name, got ${quote(at.text)}`);
    return token;
  }

  /** One of `words` or `others`, or else the nearest of `words`, which is reported. */
  word(owner: Token, words: readonly string[], others: readonly string[] = []): Token | undefined {
    const next = this.#peek()?.text ?? "";
    if (words.includes(next) || others.includes(next)) return this.#take();
    const token = this.#operand();
    const at = token ?? this.#peek() ?? this.#end;
    const near = nearest(at.text, words);
    const hint = near === undefined ? "" : `; did you mean "${near}"?`;
    this.report(at, "UNKNOWN_NAME", `${owner.text} needs ${words.join(" or ")}, got ${quote(at.text)}${hint}`);
    return near === undefined ? undefined : { ...at, text: near };
  }

  #number(owner: Token, prefix: RegExp, what: string): { token: Token; value: number } | undefined {
    const token = this.#operand();
    const constant = token && this.#constants.get(token.text);
    if (token !== undefined && constant !== undefined) return { token, value: constant };
    const digits = token && prefix.exec(token.text)?.[0];
    if (token !== undefined && digits !== undefined) return { token, value: Number(digits) };
    const at = token ?? this.#peek() ?? this.#end;
    this.report(at, "WRONG_TYPE", `${owner.text} needs ${what}, got ${quote(at.text)}`);
    return undefined;
  }

  /** The next token, unless it is a brace or a keyword, which means that the operand is missing. */
  #operand(): Token | undefined {
    const token = this.#peek();
    const isOperand = token !== undefined && !/^[{}]$/.test(token.text) && !this.#keywords.has(token.text);
    return isOperand ? this.#take() : undefined;
  }

  #opens(owner: Token): boolean {
    const token = this.#peek();
    if (token?.text === "{") {
      this.#next += 1;
      return true;
    }
    const at = token ?? this.#end;
    this.report(at, "MAESTRO_SYNTAX", `missing "{" of the ${owner.text} in line ${owner.line}, got ${quote(at.text)}`);
    return token !== undefined && token.text !== "}";
  }

  /** Continues at the next keyword, or after the block of an unknown token. */
  skipFrom(token: Token, handlers: Handlers): void {
    let hasBlock = token.text === "{";
    for (let next = this.#peek(); next !== undefined && !hasBlock; next = this.#peek()) {
      if (next.text === "}" || Object.hasOwn(handlers, next.text) || this.#keywords.has(next.text)) return;
      this.#next += 1;
      hasBlock = next.text === "{";
    }
    if (hasBlock) this.#skipBlock();
  }

  /** The rest of a block whose `{` has been read. */
  #skipBlock(): void {
    let depth = 1;
    for (let token = this.#take(); token !== undefined; token = this.#take()) {
      depth += token.text === "{" ? 1 : token.text === "}" ? -1 : 0;
      if (depth === 0) return;
    }
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(): Token | undefined {
    const token = this.#peek();
    if (token !== undefined) this.#next += 1;
    return token;
  }
}

/** One name of two pieces. */
export const joined = (name: Token, piece: Token): Token => ({
  ...name,
  text: `${name.text}${piece.continuesName ? "-" : " "}${piece.text}`,
});

const quote = (text: string | undefined): string => (text ? JSON.stringify(text) : "the end of the file");

const alternatives = (handlers: Handlers): string => Object.keys(handlers).join(", ");

/** Single letters are all similar, so for short words only the case is corrected. */
function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > 2) return closest(word, words);
  return words.find((known) => known.toLowerCase() === word.toLowerCase());
}
