/** Folders with a baseline called gate, what checks it, and what alters it. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Baseline } from "../../src/studies/baseline/baseline.ts";
import { baselineText } from "../../src/studies/baseline/baseline-text.ts";
import { type Called, call, folderWith, small } from "./call.ts";

export const path = "results/baselines/gate.json";

/** Takes the first ready job, or the last: the change of one word. */
export const policy = (which: "first" | "last") => `export default {
  name: "mine",
  summary: "the ${which} ready job on the first idle accelerator",
  source: "this test",
  parameters: [],
  create: () => ({
    lateDrop: false,
    decide(view, decisions) {
      const job = [...view.readyJobs].at(${which === "first" ? 0 : -1});
      const [accelerator] = view.idleAccelerators;
      decisions.run(job, accelerator);
    },
  }),
};
`;

export const folder = (): string => folderWith({ ...small, "mine.js": policy("first") });
export const save = (cwd: string, ...more: readonly string[]): Promise<Called> =>
  call(["baseline", "save", "gate", "./small.yaml", "-S", "./soc.yaml", "--seeds", "2", "-j", "1", ...more], { cwd });
export const check = (cwd: string, ...more: readonly string[]): Promise<Called> =>
  call(["check", "-j", "1", ...more], { cwd });

/** Baselines by what they were saved with, each made once and copied. */
const templates = new Map<string, string>();

/** A folder of its own with such a baseline. */
export async function saved(...more: readonly string[]): Promise<string> {
  const key = more.join(" ");
  if (!templates.has(key)) {
    const cwd = folder();
    expect(await save(cwd, ...more)).toMatchObject({ code: 0 });
    templates.set(key, cwd);
  }
  const cwd = folderWith({});
  cpSync(templates.get(key)!, cwd, { recursive: true });
  return cwd;
}

export const read = (cwd: string): Baseline => JSON.parse(readFileSync(join(cwd, path), "utf8")) as Baseline;
/** With the hash that belongs to it, as no editor would. */
export const rewrite = (cwd: string, baseline: Baseline): void =>
  writeFileSync(join(cwd, path), baselineText(baseline));
/** As if another rtmm had measured it. */
export function alter(cwd: string, value: string, values: readonly (number | null)[]): void {
  const baseline = read(cwd);
  const [first, ...rest] = baseline.rows;
  rewrite(cwd, { ...baseline, rows: [{ ...first!, values: { ...first!.values, [value]: values } }, ...rest] });
}
