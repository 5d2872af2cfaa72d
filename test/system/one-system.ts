/** A system of given accelerators, for tests. */
import type { System } from "../../src/core/system.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles, problemsOf } from "../input/memory-files.ts";

/** Line 4 holds the first accelerator. */
const systemText = (accelerators: string, rest = ""): string =>
  `name: sys\ncontextSwitch: off\naccelerators:\n${accelerators.replace(/^/gm, "  ")}\n${rest}\n`;

const load = (text: string, table: string | undefined, warnings: Problem[]): System =>
  loadSystem("s.yaml", memoryFiles({ "s.yaml": text, ...(table !== undefined && { "t.csv": table }) }, warnings));

export const systemOf = (accelerators: string, rest = "", table?: string, warnings: Problem[] = []): System =>
  load(systemText(accelerators, rest), table, warnings);

export const problemsIn = (accelerators: string, rest = "", table?: string): readonly Problem[] =>
  problemsOf(() => load(systemText(accelerators, rest), table, []));

/** Code and line of each problem in the YAML file, and what is written at its place. */
export const marks = (accelerators: string, rest = "", table?: string) =>
  problemsIn(accelerators, rest, table).map(({ code, line, column }) => {
    const text = systemText(accelerators, rest)
      .split("\n")
      [line! - 1]!.slice(column! - 1);
    return [code, line, /^[^\s,:}\]]+|./.exec(text)?.[0]];
  });
