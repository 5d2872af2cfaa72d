/** Reads what ncnn's benchncnn and MNN's benchmark print: a line for each network, with its least, mean and largest time. */
import type { SourceFile } from "../imported.ts";
import { NS_PER_MS, type Profile } from "./profile.ts";

const time = (word: string): RegExp => new RegExp(String.raw`\b${word}\s*=\s*([\d.]+)`);
/** MNN writes a mark before the name; what comes before the first time is the name. */
const linePattern = /^\s*(?:\[ ?- ?\]\s*)?(\S+)\s+(?=(?:min|max|avg)\s*=)(.*)$/;

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);

const lineOf = (line: string): readonly [name: string, ms: number] | undefined => {
  const [, name, times = ""] = linePattern.exec(line) ?? [];
  const mean = time("avg").exec(times)?.[1];
  const isWhole = [time("min"), time("max")].every((each) => each.test(times));
  return name === undefined || mean === undefined || !isWhole ? undefined : [name, Number(mean)];
};

/** Whether a text has such a line. */
export const hasWholeLines = (text: string): boolean => linesOf(text).some((line) => lineOf(line) !== undefined);

/** Sections of a file name what they ran on: the same network on several accelerators is no repetition. */
export function readWholeLines({ file, text }: SourceFile): readonly Profile[] {
  let accelerator: string | undefined;
  return linesOf(text).flatMap((line) => {
    accelerator = acceleratorIn(line) ?? accelerator;
    const found = lineOf(line);
    if (found === undefined) return [];
    const [name, ms] = found;
    return [
      {
        file,
        format: "whole-lines",
        model: name.replace(/\.mnn$/, ""),
        layers: [],
        whole: { meanNs: ms * NS_PER_MS },
        ...(accelerator === undefined ? {} : { accelerator }),
        runs: 1,
        remarks: [`mean of the benchmark's runs: ${ms} ms`],
        left: [],
      },
    ];
  });
}

/** `Forward type: **Vulkan**` of MNN, `gpu_device = -1` of ncnn. */
function acceleratorIn(line: string): string | undefined {
  const forward = /Forward type:\s*\**(\w+)/.exec(line)?.[1];
  const device = /^\s*gpu_device\s*=\s*(-?\d+)/.exec(line)?.[1];
  return forward ?? (device === undefined ? undefined : Number(device) < 0 ? "CPU" : "GPU");
}
