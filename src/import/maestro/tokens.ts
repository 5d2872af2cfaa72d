/** Tokens of the artifact's text formats: docs/references.md#maestro-text-formats. */
import type { Place } from "../reporter.ts";

export interface Token extends Place {
  /** Only hyphens separate this token from the one before: both are pieces of one hyphenated name. */
  readonly continuesName: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Tokens in which a brace touches other characters. They are also split, so that reading can continue. */
  readonly gluedBraces: readonly Token[];
  /** Just after the last character. */
  readonly end: Token;
}

const piece = /[^ \t,\->():;\r]+/g;
/** Editors write these for the ' of Y' and X'. */
const primes = /[\u2018\u2019\u2032]/g;

/** Splits a text at separators; `//` at the start of a token discards the rest of the line. CRLF is accepted. */
export function tokenize(text: string): Tokens {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const tokens: Token[] = [];
  const gluedBraces: Token[] = [];
  lines.forEach((lineText, index) => {
    for (const token of tokensOf(lineText, index + 1)) {
      const parts = apart(token);
      if (parts.length > 1) gluedBraces.push(token);
      tokens.push(...parts);
    }
  });
  const lastLine = lines[lines.length - 1] ?? "";
  const end = { text: "", line: lines.length, column: lastLine.length + 1, continuesName: false };
  return { tokens, gluedBraces, end };
}

function tokensOf(lineText: string, line: number): Token[] {
  const tokens: Token[] = [];
  let previousEnd = 0;
  for (const match of lineText.matchAll(piece)) {
    if (match[0].startsWith("//")) break;
    const continuesName = tokens.length > 0 && /^-+$/.test(lineText.slice(previousEnd, match.index));
    tokens.push({ text: match[0].replace(primes, "'"), line, column: match.index + 1, continuesName });
    previousEnd = match.index + match[0].length;
  }
  return tokens;
}

function apart(token: Token): Token[] {
  return [...token.text.matchAll(/[{}]|[^{}]+/g)].map((match) => ({
    text: match[0],
    line: token.line,
    column: token.column + match.index,
    continuesName: token.continuesName && match.index === 0,
  }));
}
