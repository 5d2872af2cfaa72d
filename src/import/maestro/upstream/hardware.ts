/** Reads MAESTRO's own hardware files, flat lists of keys and numbers: docs/import.md#maestro-and-xrbench */
import type { Reporter } from "../../reporter.ts";
import { type Handlers, TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { withoutComments } from "./comments.ts";

export interface UpstreamHardware {
  readonly pes: number;
  /** Elements per cycle; absent: not limited. */
  readonly nocElementsPerCycle?: number;
  /** Elements. */
  readonly globalBufferElements?: number;
  /** Elements per cycle. */
  readonly offChipElementsPerCycle?: number;
  /** Keys that rtmm has no counterpart for. */
  readonly ignored: readonly Token[];
  /** The first token. */
  readonly at: Token;
}

const keys = ["num_pes", "l1_size_cstr", "l2_size_cstr", "noc_bw_cstr", "offchip_bw_cstr", "NoC_NumHops"] as const;
export const flatHardwareWords: readonly string[] = keys.filter((key) => key !== "num_pes");

/** A value that cannot be read is a problem. */
export function readUpstreamHardware(text: string, reporter: Reporter): UpstreamHardware {
  const reader = new TokenReader(withoutComments(text), reporter, keys);
  const values = new Map<string, number>();
  const words: Token[] = [];
  const handlers: Handlers = Object.fromEntries(
    keys.map((key) => [
      key,
      (word: Token) => {
        words.push(word);
        const value = reader.whole(word) ?? 1;
        if (values.has(key)) reporter.report(word, "DUPLICATE_KEY", `${key} occurs twice`);
        else values.set(key, value);
      },
    ]),
  );
  reader.blocks(handlers);
  const at = words[0] ?? { text: "", line: 1, column: 1, continuesName: false };
  if (!values.has("num_pes") && reporter.errorCount === 0) reporter.report(at, "MISSING_KEY", "the file needs num_pes");
  const optional = (name: string, key: (typeof keys)[number]) => (values.has(key) ? { [name]: values.get(key)! } : {});
  return {
    pes: values.get("num_pes") ?? 1,
    ...optional("nocElementsPerCycle", "noc_bw_cstr"),
    ...optional("globalBufferElements", "l2_size_cstr"),
    ...optional("offChipElementsPerCycle", "offchip_bw_cstr"),
    ignored: words.filter(({ text }) => text === "l1_size_cstr" || text === "NoC_NumHops"),
    at,
  };
}
