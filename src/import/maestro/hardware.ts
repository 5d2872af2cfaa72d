/** Reads the artifact's hardware files, one `Accelerator` an accelerator: docs/references.md#maestro-text-formats. */
import type { Reporter } from "../reporter.ts";
import { type Handlers, TokenReader } from "./token-reader.ts";
import type { Token } from "./tokens.ts";

export interface MaestroAccelerator {
  /** The name, with its position. */
  readonly at: Token;
  readonly name: string;
  readonly pes: number;
  /** NoC bandwidths in file order, elements per cycle. */
  readonly nocElementsPerCycle: readonly number[];
  /** Elements per cycle; the artifact ignores it. */
  readonly offChipElementsPerCycle?: number;
  /** Elements; the artifact ignores it. */
  readonly globalBufferElements?: number;
}

const flags = ["top_noc_multicast", "col_noc_multicast"];
const bandwidths = ["top_noc_bw", "col_noc_bw"];
const wholes = [
  "num_pes",
  "offchip_bw",
  "top_noc_latency",
  "col_noc_latency",
  "global_shared_memory",
  "PE_local_memory",
];

/** The accelerators of a hardware file, in its order. A value that cannot be read is a problem, and 1 replaces it. */
export function readMaestroHardware(text: string, reporter: Reporter): readonly MaestroAccelerator[] {
  const reader = new TokenReader(text, reporter, ["Accelerator", ...flags, ...bandwidths, ...wholes]);
  const accelerators: MaestroAccelerator[] = [];
  reader.blocks({
    Accelerator: (keyword) => {
      accelerators.push(readAccelerator(reader, keyword, accelerators.length));
    },
  });
  return accelerators;
}

function readAccelerator(reader: TokenReader, keyword: Token, index: number): MaestroAccelerator {
  const at = reader.name(keyword) ?? { ...keyword, text: `accelerator${index + 1}` };
  const values = new Map<string, number>();
  const handlers: Handlers = Object.fromEntries([
    ...flags.map((key) => [key, (word: Token) => void reader.word(word, ["True"])]),
    ...[...bandwidths, ...wholes].map((key) => [key, (word: Token) => readValue(reader, word, values)]),
  ]);
  reader.block(keyword, ["Accelerator"], (token) => reader.dispatch(token, handlers, "an Accelerator"));
  // A Map keeps the order of the file, which determines the level of each bandwidth.
  const nocElementsPerCycle = [...values].filter(([key]) => bandwidths.includes(key)).map(([, value]) => value);
  if (!values.has("num_pes")) reader.report(at, "MISSING_KEY", `the accelerator ${at.text} needs num_pes`);
  if (nocElementsPerCycle.length === 0) {
    reader.report(at, "MISSING_KEY", `the accelerator ${at.text} needs top_noc_bw or col_noc_bw`);
  }
  const offChip = values.get("offchip_bw");
  const buffer = values.get("global_shared_memory");
  return {
    at,
    name: at.text,
    pes: values.get("num_pes") ?? 1,
    nocElementsPerCycle,
    ...(offChip === undefined ? {} : { offChipElementsPerCycle: offChip }),
    ...(buffer === undefined ? {} : { globalBufferElements: buffer }),
  };
}

function readValue(reader: TokenReader, key: Token, values: Map<string, number>): void {
  const value = reader.whole(key) ?? 1;
  if (values.has(key.text)) reader.report(key, "DUPLICATE_KEY", `${key.text} occurs twice in one Accelerator`);
  else values.set(key.text, value);
}
