/** Reads what `trtexec` prints: its table of layers (`--dumpProfile`), or the summary of a whole run. */
import type { ProblemList } from "../../input/problem-list.ts";
import type { SourceFile } from "../imported.ts";
import { type Place, Reporter } from "../reporter.ts";
import { leftIf, msText, NS_PER_MS, type Profile, type ProfileLayer } from "./profile.ts";

const accelerator = "GPU";
const titlePattern = /=== Profile \((\d+) iterations? ?\) ===/;

/** Whether a text is such a log. */
export const isTrtLog = (text: string): boolean =>
  titlePattern.test(text) || /=== Performance summary ===|^.*\bGPU Compute(?: Time)?: /m.test(text);

export function readTrtLog({ file, text }: SourceFile, problems: ProblemList): readonly Profile[] {
  const reporter = new Reporter(text, file, problems);
  const lines = text.split(/\r\n|\n|\r/).map(contentOf);
  const title = lines.findLastIndex(({ text: line }) => titlePattern.test(line));
  const meanMs = computeMeanOf(lines);
  if (title < 0 && meanMs === undefined)
    reporter.report(lines[0]!, "PROFILE_SYNTAX", "this log of trtexec has neither a Profile nor a GPU Compute Time");
  const runs = Number(titlePattern.exec(lines[title]?.text ?? "")?.[1] ?? 1);
  const layers = title < 0 ? [] : layersOf(lines.slice(title + 1), runs, reporter);
  const layersNs = layers.reduce((sum, { time }) => sum + time.meanNs, 0);
  const times = meanMs === undefined ? "" : `a run takes ${msText(meanMs * NS_PER_MS)}, its layers ${msText(layersNs)}`;
  return [
    {
      file,
      format: "trtexec",
      layers,
      ...(title < 0 ? { whole: { meanNs: (meanMs ?? 0) * NS_PER_MS }, accelerator } : {}),
      runs,
      remarks: title < 0 ? ["mean of the GPU Compute Time"] : [`means of ${runs} runs`],
      left: title < 0 || meanMs === undefined ? [] : leftIf(1, "time between layers", times),
    },
  ];
}

/** Without time and severity, which loggers write before it. */
function contentOf(line: string, index: number): Place {
  const prefix = /^\s*(?:\[[^\]]*\]\s+)*\[[IVWE]\] ?/.exec(line)?.[0] ?? "";
  return { text: line.slice(prefix.length), line: index + 1, column: prefix.length + 1 };
}

/**
 * Both forms: `GPU Compute Time: min = 1 ms, …, mean = 2 ms`, and `mean: 2 ms` below `GPU Compute`. Some versions explain
 * the words in a line of the same beginning, without a mean.
 */
function computeMeanOf(lines: readonly Place[]): number | undefined {
  const means = lines.flatMap(({ text }, at) => {
    if (!/^\s*GPU Compute\b/.test(text)) return [];
    const below = lines.slice(at + 1, at + 6).map((line) => line.text);
    const end = below.findIndex((line) => !/^\s*\w+\s*:|^\s*percentile\b/.test(line));
    const own = [text, ...below.slice(0, end < 0 ? undefined : end)];
    return own.flatMap((line) => /\bmean\s*[=:]\s*([\d.]+)\s*ms/.exec(line)?.[1] ?? []).slice(0, 1);
  });
  return means.length === 0 ? undefined : Number(means.at(-1));
}

/** A sum over all runs is more exact than the average, which old versions write with two digits. */
function layersOf(lines: readonly Place[], runs: number, reporter: Reporter): readonly ProfileLayer[] {
  const start = lines.findIndex(({ text }) => /\bLayer\b.*\(ms\)|\(ms\).*\bLayer\b/.test(text));
  const header = lines[start];
  if (header === undefined) {
    reporter.report(lines[0] ?? noPlace, "PROFILE_SYNTAX", "the Profile has no header with Layer and Time (ms)");
    return [];
  }
  const rowOf = rowReader(header.text);
  const layers: ProfileLayer[] = [];
  for (const line of lines.slice(start + 1)) {
    const row = rowOf(line.text);
    if (row?.name === "Total") return layers;
    if (row === undefined) {
      reporter.report(line, "PROFILE_SYNTAX", "expected a layer with its times, or the Total of the Profile");
      return [];
    }
    layers.push({ name: row.name, time: { meanNs: (row.sumMs / runs) * NS_PER_MS }, accelerator });
  }
  reporter.report(lines.at(-1)!, "PROFILE_SYNTAX", "the Profile ends without its Total; is the log whole?");
  return [];
}

const noPlace = { text: "", line: 1, column: 1 } as const;

type Row = Readonly<{ name: string; sumMs: number }>;

/** The name stands before the numbers in old versions, and behind them in new ones. Numbers are times in ms and a share. */
function rowReader(header: string): (text: string) => Row | undefined {
  const count = header.split("(ms)").length;
  const number = String.raw`([\d.]+(?:e[-+]?\d+)?)`;
  const isNameFirst = /^\s*Layer/.test(header);
  const numbers = (isNameFirst ? String.raw`\s+` : String.raw`\s*`) + Array(count).fill(number).join(String.raw`\s+`);
  const pattern = new RegExp(isNameFirst ? `^\\s*(.*?)${numbers}\\s*$` : `^${numbers}\\s+(.*?)\\s*$`, "i");
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    const [name, sum] = isNameFirst ? [found[1]!, found[2]!] : [found[count + 1]!, found[1]!];
    return { name, sumMs: Number(sum) };
  };
}
