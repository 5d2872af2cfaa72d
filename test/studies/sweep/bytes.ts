/** The files of a sweep's folder, of which no byte depends on how it was run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const textIn = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

export const bytesIn = (folder: string): string[] =>
  ["sweep.json", "points.jsonl", "summary.csv"].map((name) => textIn(folder, name));
