/** Tells MAESTRO's own files from those of the XRBench artifact, whose dialect ignores strides and batch. */
import { tokenize } from "../tokens.ts";
import { withoutComments } from "./comments.ts";
import { flatHardwareWords } from "./hardware.ts";

export type MaestroDialect = "maestro" | "xrbench";

const artifactWords = new Set(["FPS", "Probability", "Dependency", "Accelerator"]);
const ownWords = new Set(["Constant", "GEMM", "Sz", ...flatHardwareWords]);

/**
 * What only MAESTRO has (constants, GEMM, `Sz`, groups, dataflows inside layers, flat hardware) makes a file its own. Else
 * what only the artifact has (`FPS`, `Probability`, `Dependency`, `Accelerator`) makes it the artifact's.
 */
export function detectDialect(text: string): MaestroDialect {
  if (hasOwnMark(text)) return "maestro";
  const { tokens } = tokenize(withoutComments(text));
  return tokens.some(({ text: word }) => artifactWords.has(word)) ? "xrbench" : "maestro";
}

/** Whether only MAESTRO itself reads the file. */
export function hasOwnMark(text: string): boolean {
  const { tokens } = tokenize(withoutComments(text));
  let depth = 0;
  for (const [index, { text }] of tokens.entries()) {
    if (text === "{") depth += 1;
    if (text === "}") depth -= 1;
    if (ownWords.has(text) || (text === "Dataflow" && depth > 0)) return true;
    const isSize = /^\d/.test(tokens[index + 1]?.text ?? "");
    if ((text === "G" || text === "M") && isSize && depth > 1) return true;
  }
  return false;
}
