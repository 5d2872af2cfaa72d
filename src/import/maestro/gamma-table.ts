/** Tables of layers as GAMMA, ConfuciuX and MAGMA give them to MAESTRO: a row of sizes, with the type in its last cell. */
import { ProblemList } from "../../input/problem-list.ts";
import { type Cell, cellRows } from "../cells.ts";
import { baseName, kebabCase } from "../ids.ts";
import type { SourceFile } from "../imported.ts";
import { Reporter } from "../reporter.ts";

const cellCount = 7;

/** As GAMMA names the types: fully connected, convolution, depthwise convolution, matrix product. */
const layerOf: Readonly<Record<string, (sizes: readonly string[]) => string>> = {
  0: ([out, input]) => `Type: CONV Dimensions { K: ${out}, C: ${input}, Y: 1, X: 1, R: 1, S: 1 }`,
  1: (sizes) => `Type: CONV ${dimensions(sizes)}`,
  2: (sizes) => `Type: DSCONV ${dimensions(sizes)}`,
  3: ([M, N, K]) => `Type: GEMM Dimensions { M: ${M}, N: ${N}, K: ${K} }`,
};

const dimensions = ([K, C, Y, X, R, S]: readonly string[]): string =>
  `Dimensions { K: ${K}, C: ${C}, Y: ${Y}, X: ${X}, R: ${R}, S: ${S} }`;

/** Whether a text is such a table: its header names seven sizes, the last of which is the type. */
export const isLayerTable = (text: string): boolean =>
  /^\uFEFF?\s*(?:K\s*,\s*C\s*,\s*Y\s*,\s*X\s*,\s*R\s*,\s*S|M\s*,\s*N\s*,\s*K(?:\s*,\s*\w+){3}|O\s*,\s*I(?:\s*,\s*\w+){4})\s*,\s*T\s*$/im.test(
    text.trimStart().split("\n", 1)[0]!,
  );

/** The same layers in MAESTRO's words; other files as they are. Throws InputError with all problems of a table. */
export function withoutTable(source: SourceFile): SourceFile {
  if (!isLayerTable(source.text)) return source;
  const problems = new ProblemList();
  const reporter = new Reporter(source.text, source.file, problems);
  const [, ...rows] = cellRows(source.text, ",");
  const layers = rows.map((cells, i) => `Layer L${i + 1} { ${layerText(cells, reporter)} }`);
  if (layers.length === 0)
    reporter.report({ text: "", line: 1, column: 1 }, "EMPTY_FILE", "there is no layer below the header");
  problems.finish();
  const name = kebabCase(baseName(source.file), "network");
  return { file: source.file, text: `Network ${name} {\n${layers.join("\n")}\n}\n` };
}

function layerText(cells: readonly Cell[], reporter: Reporter): string {
  const filled = cells.filter(({ text }) => text !== "");
  if (filled.length !== cellCount) {
    reporter.report(cells[0]!, "CSV_SYNTAX", `a layer has ${cellCount} numbers, this row has ${filled.length}`);
    return "";
  }
  const odd = filled.find(({ text }) => !/^\d+$/.test(text));
  if (odd !== undefined) reporter.report(odd, "NOT_WHOLE", `expected a whole number, got "${odd.text}"`);
  const type = filled[cellCount - 1]!;
  const write = layerOf[type.text];
  if (write === undefined && odd === undefined)
    reporter.report(type, "UNKNOWN_NAME", `a type is 0 (FC), 1 (CONV), 2 (DSCONV) or 3 (GEMM), got ${type.text}`);
  return write?.(filled.map(({ text }) => text)) ?? "";
}
