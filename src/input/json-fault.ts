/** Finds where a text stops being JSON. Each JavaScript engine reports it differently, or not at all. */

export interface JsonFault {
  /** Offset; the end of the text if it ends too early. */
  readonly at: number;
  /** What is valid there. */
  readonly expected: string;
}

/** Undefined for valid JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let expected: Expected = "a value";
  for (const { at, token } of tokensOf(text)) {
    if (token === "" && expected === "the end") return undefined;
    const next = following(expected, token, open);
    if (next === undefined) return { at, expected };
    expected = next;
  }
  return undefined;
}

type Expected =
  | "a value"
  | "a value or ]"
  | "a key in double quotes"
  | "a key in double quotes or }"
  | ":"
  | ", or ]"
  | ", or }"
  | "the end";

/** What may follow an expected token; undefined: the token is not expected. `open`: brackets that are still open. */
function following(expected: Expected, token: string, open: string[]): Expected | undefined {
  switch (expected) {
    case "a value or ]":
    case "a value":
      if (token === "]" && expected === "a value or ]") return closed(open);
      return value(token, open);
    case "a key in double quotes or }":
    case "a key in double quotes":
      if (token === "}" && expected === "a key in double quotes or }") return closed(open);
      return token.startsWith('"') ? ":" : undefined;
    case ":":
      return token === ":" ? "a value" : undefined;
    case ", or ]":
      return token === "," ? "a value" : token === "]" ? closed(open) : undefined;
    case ", or }":
      return token === "," ? "a key in double quotes" : token === "}" ? closed(open) : undefined;
    case "the end":
      return undefined;
    default:
      return expected satisfies never;
  }
}

function value(token: string, open: string[]): Expected | undefined {
  if (token === "{" || token === "[") {
    open.push(token);
    return token === "{" ? "a key in double quotes or }" : "a value or ]";
  }
  return /^["\w-]/.test(token) ? afterValue(open) : undefined;
}

function closed(open: string[]): Expected {
  open.pop();
  return afterValue(open);
}

function afterValue(open: readonly string[]): Expected {
  const inside = open.at(-1);
  return inside === "{" ? ", or }" : inside === "[" ? ", or ]" : "the end";
}

interface Token {
  readonly at: number;
  /** The next token: empty at the end, `?` for anything that is no token. */
  readonly token: string;
}

function* tokensOf(text: string): Generator<Token> {
  const blanks = /[ \t\r\n]*/y;
  for (let at = 0; ; ) {
    blanks.lastIndex = at;
    blanks.exec(text);
    at = blanks.lastIndex;
    tokenPattern.lastIndex = at;
    const [token] = tokenPattern.exec(text) ?? [at < text.length ? "?" : ""];
    yield { at, token };
    at += token.length;
    if (token === "") return;
  }
}

const character = String.raw`[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})`;
const number = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])`;
const tokenPattern = new RegExp(`"(?:${character})*"|${number}|(?:true|false|null)(?!\\w)|[\\[\\]{},:]`, "y");
