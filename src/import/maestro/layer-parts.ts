/** What a `Layer` block has in MAESTRO's own files and in those of the artifact: its type, its sizes, and which it needs. */
import type { Handlers, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

/** Words that MAESTRO and the artifact know but cannot cost. */
const reservedTypes = ["FC", "POOL", "LSTM"];

/** CONV after a problem. */
export function readType<T extends string>(reader: TokenReader, keyword: Token, layerTypes: readonly T[]): T | "CONV" {
  const word = reader.word(keyword, layerTypes, reservedTypes);
  const type = layerTypes.find((known) => known === word?.text);
  if (word !== undefined && type === undefined) {
    reader.report(word, "UNSUPPORTED", `the type ${word.text} is reserved but has no costs; write it as a CONV`);
  }
  return type ?? "CONV";
}

/** Into `sizes`. A repeated dimension keeps its first value. `inside` are the words that end an unclosed block. */
export function readSizes<Name extends string>(
  reader: TokenReader,
  keyword: Token,
  inside: readonly string[],
  sizeNames: readonly Name[],
  sizes: Partial<Record<Name, number>>,
): void {
  const handlers: Handlers = Object.fromEntries(
    sizeNames.map((name) => [
      name,
      (word: Token) => {
        const size = reader.whole(word) ?? 1;
        sizes[name] ??= size;
      },
    ]),
  );
  reader.block(keyword, inside, (token) => reader.dispatch(token, handlers, keyword.text));
}

/** Of each pair exactly one is needed: the size of the input or of the output. */
export const windowSizes = [
  ["Y", "Y'"],
  ["X", "X'"],
] as const;

export function checkSizes(
  reader: TokenReader,
  at: Token,
  layerName: string,
  sizes: Readonly<Partial<Record<string, number>>>,
  needed: readonly string[],
  pairs: readonly (readonly [input: string, output: string])[] = windowSizes,
): void {
  const missing = needed.filter((name) => sizes[name] === undefined);
  for (const [input, output] of pairs) {
    if (sizes[input] === undefined && sizes[output] === undefined) missing.push(`${input} or ${output}`);
    if (sizes[input] === undefined || sizes[output] === undefined) continue;
    reader.report(at, "KEYS_EXCLUDE", `the layer ${layerName} has both ${input} and ${output}; remove one of them`);
  }
  if (missing.length === 0) return;
  reader.report(at, "MISSING_KEY", `the layer ${layerName} needs Dimensions of ${missing.join(", ")}`);
}
