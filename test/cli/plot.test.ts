/** `rtmm plot` as a function of its arguments and streams, and as a process. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { repository } from "../repository.ts";
import { call, folderWith, small } from "./call.ts";

const plotSmall = async (args: readonly string[], cwd = folderWith(small)) => ({
  ...(await call(["plot", ...args], { cwd })),
  cwd,
});

const onSoc = ["small", "-S", "soc"];

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

test("--list names the figures of a run, and what they say", async () => {
  const { code, stdout } = await plotSmall(["--list", ...onSoc]);
  expect(code).toBe(0);
  expect(stdout.split("\n").filter((line) => /^\S/.test(line))).toEqual([
    ...["ux-cost", "sla", "latency", "latency-distribution", "energy", "utilisation", "sla-at-n", "timeline"],
  ]);
  expect(inOneLine(stdout)).toContain("2 of 6 jobs complete late and 1 is dropped");
  // detect takes 2.5 ms from its frame on, and has 2; touch takes 0.3 ms, and has 0.1.
  expect(inOneLine(stdout)).toContain("Under any scheduler at least 3 of 6 jobs with a deadline miss it, by proof.");
});

test("a picture and its numbers, in files", async () => {
  const { code, stderr, cwd } = await plotSmall(["sla", ...onSoc, "-o", "fig.svg", "--data", "fig.csv"]);
  expect([code, stderr]).toEqual([0, "wrote fig.svg\nwrote fig.csv\n"]);
  expect(readFileSync(join(cwd, "fig.svg"), "utf8")).toMatch(
    /^<svg role="img" width="760" height="\d+"[\s\S]*<title>SLA satisfaction by task<\/title>[\s\S]*<\/svg>/,
  );
  expect(readFileSync(join(cwd, "fig.csv"), "utf8")).toBe(`\
task,released,inTime,withoutDeadline,late,dropped,slaSatisfaction
camera,2,2,0,0,0,1
detect,2,0,0,2,0,0
audio,1,1,0,0,0,1
touch,1,0,0,0,1,0
`);
});

test("- prints: SVG by -o, CSV by --data", async () => {
  expect((await plotSmall(["sla", ...onSoc, "-o", "-"])).stdout).toMatch(/^<svg /);
  expect((await plotSmall(["utilisation", ...onSoc, "--data", "-"])).stdout).toBe("accelerator,utilisation\nnpu,1\n");
});

test("a stored result is repeated for what it lacks, and shown alone where its inputs have changed", async () => {
  const cwd = folderWith(small);
  await call(["run", ...onSoc, "-o", "out"], { cwd });
  const whole = await plotSmall(["latency", "out/result.json", "--data", "-"], cwd);
  expect(whole.stdout).toContain("camera,1.3,1.8,1.8,1.8,2,2");
  expect((await plotSmall(["latency", "out", "--data", "-"], cwd)).stdout).toBe(whole.stdout);
  writeFileSync(join(cwd, "a.yaml"), "name: a\ntitle: another one\nlayers: measured\n");
  const alone = await plotSmall(["latency", "out/result.json", "--data", "-"], cwd);
  expect(alone.stdout).toContain("camera,1.3,1.8,1.8,1.8,,");
  expect(alone.stderr).toContain("the run cannot be repeated, so only its result is shown");
});

test("comparisons and sweeps are known by what is in them", async () => {
  const cwd = folderWith({
    ...small,
    "s.yaml": "name: s\nscenarios: [small]\nsystems: [soc]\nrateScale: [0.5, 1]\nschedulers: [fcfs, edf]\n",
  });
  const compared = await call(
    ["compare", "small", "-S", "soc", "-s", "fcfs,edf", "--seeds", "1", "-m", "energyMj", "-f", "json"],
    { cwd },
  );
  writeFileSync(join(cwd, "c.json"), compared.stdout);
  expect((await plotSmall(["--list", "c.json"], cwd)).stdout).toMatch(/^ratio-energyMj\n/);
  await call(["sweep", "s.yaml", "-o", "s"], { cwd });
  const before = readFileSync(join(cwd, "s/summary.csv"), "utf8");
  const { stdout, code } = await plotSmall(["curve-energyMj-rateScale", "s", "--data", "-"], cwd);
  expect(code).toBe(0);
  expect(stdout.split("\n")[0]).toBe("rateScale,scheduler,energyMj,energyMjLow95,energyMjHigh95");
  expect(readFileSync(join(cwd, "s/summary.csv"), "utf8")).toBe(before);
});

const matrix = '{ "schemaVersion": 1, "cells": [], "worst": [], "schedulers": [] }';

describe("what is refused, with exit code 2", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["an unknown figure", ["slaa", ...onSoc, "-o", "f.svg"], 'there is no figure "slaa" of it; did you mean "sla"?'],
    ["no file", ["sla", ...onSoc], "say where the figure goes"],
    ["another ending", ["sla", ...onSoc, "-o", "f.jpg"], "f.jpg must end in .svg, .pdf or .png"],
    ["numbers of another ending", ["sla", ...onSoc, "--data", "f.xls"], "f.xls must end in .csv or .dat"],
    ["no input", ["sla", "-o", "f.svg"], "name what sla is drawn of"],
    ["an unknown preset", ["sla", ...onSoc, "-o", "f.svg", "--preset", "ieee"], 'unknown preset "ieee"'],
    ["a width without room", ["sla", ...onSoc, "-o", "f.svg", "--width", "10mm"], "--width must be between"],
    ["a file that is no record", ["sla", "small.json", "-o", "f.svg"], "is no record that can be shown"],
    ["a folder without one", ["sla", ".", "-o", "f.svg"], "is a folder without sweep.json, result.json or matrix.json"],
    [
      "an empty window",
      ["timeline", ...onSoc, "-o", "f.svg", "--from-ms", "3", "--to-ms", "2"],
      "--from-ms 3 must be less than",
    ],
    [
      "a window below 1 ns",
      ["timeline", ...onSoc, "-o", "f.svg", "--from-ms", "1", "--to-ms", "1.0000001"],
      "--from-ms 1 must be less than --to-ms 1.0000001 by at least 1 ns",
    ],
    [
      "a window of another figure",
      ["sla", ...onSoc, "-o", "f.svg", "--from-ms", "1"],
      "is for the figure timeline, not sla",
    ],
    [
      "a window of a record that is no run",
      ["timeline", "m.json", "-o", "f.svg", "--to-ms", "1"],
      "--to-ms is for the timeline of a run",
    ],
    ["metrics of a run", ["sla", ...onSoc, "-o", "f.svg", "-m", "uxCost"], "--metric is for the folder of a sweep"],
    ["metrics of a record", ["heat", "m.json", "-o", "f.svg", "-m", "uxCost"], "--metric is for the folder of a sweep"],
    [
      "run options with a record",
      ["claims", "p.json", "-s", "edf", "-o", "f.svg"],
      "is not run, so --scheduler has no effect",
    ],
  ];

  test.each(cases)("%s", async (_, args, message) => {
    const cwd = folderWith({ ...small, "small.json": "{}", "p.json": "{}", "m.json": matrix });
    const { code, stderr } = await plotSmall(args, cwd);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(message);
    expect(code).toBe(2);
    expect(existsSync(join(cwd, "f.svg"))).toBe(false);
  });
});

test("a damaged record says what is missing", async () => {
  const cwd = folderWith({ "c.json": '{ "schemaVersion": 1, "cases": 3, "baseline": "fcfs" }' });
  const { code, stderr } = await plotSmall(["--list", "c.json"], cwd);
  expect(code).toBe(2);
  expect(stderr).toContain("c.json is a damaged comparison");
  const lists =
    '"cases": [{}], "schedulers": [], "metrics": [{}], "runs": [], "seeds": [], "inputs": [], "warnings": []';
  writeFileSync(join(cwd, "d.json"), `{ "schemaVersion": 1, "baseline": "fcfs", ${lists} }`);
  const deeper = await plotSmall(["--list", "d.json"], cwd);
  expect(deeper.code).toBe(2);
  expect(deeper.stderr).toContain("d.json is a damaged comparison");
});

describe("as a process", () => {
  const cwd = folderWith(small);
  const plot = (file: string, ...more: string[]) => {
    const args = [join(repository, "bin/rtmm.js"), "plot", "timeline", ...onSoc, "-o", file, ...more];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", timeout: 60_000 });
    return { status, stderr, bytes: existsSync(join(cwd, file)) ? readFileSync(join(cwd, file)) : Buffer.alloc(0) };
  };

  test.each(["svg", "pdf", "png"])("%s: it ends by itself, and writes the same bytes each time", (ending) => {
    const first = plot(`a.${ending}`);
    expect([first.status, first.stderr]).toEqual([0, `wrote a.${ending}\n`]);
    expect(first.bytes.equals(plot(`b.${ending}`).bytes)).toBe(true);
  });

  test("a PNG has the size of its picture times the scale, and its text has ink", () => {
    const svg = plot("size.svg").bytes.toString();
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    const png = plot("size.png", "--scale", "2").bytes;
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * width!, 2 * height!]);
    // The name of the accelerator, left of its row; nothing else is drawn there.
    const { inkIn } = pixelsOf(png);
    expect(inkIn({ left: 0, right: 2 * 44, top: 2 * 40, bottom: 2 * 60 })).toBeGreaterThan(50);
  });

  test("a transparent PNG has no background", () => {
    const { alphaAt } = pixelsOf(plot("t.png", "--transparent").bytes);
    expect(alphaAt(0, 0)).toBe(0);
    expect(pixelsOf(plot("o.png").bytes).alphaAt(0, 0)).toBe(255);
  });

  test("a PDF has the width of its preset, and an embedded font", () => {
    const pdf = plot("w.pdf", "--preset", "ieee-column").bytes.toString("latin1");
    expect(pdf).toMatch(/\/MediaBox \[0 0 252 \d+\]/);
    expect(pdf).toMatch(/\/FontFile2 /);
    expect(pdf).toContain("+Inter-Regular");
  });

  test("an SVG for print has its width in points", () => {
    expect(plot("w.svg", "--preset", "ieee-column", "--width", "88mm").bytes.toString()).toMatch(
      /^<svg role="img" width="249pt"/,
    );
  });
});

/** Pixels of a PNG of eight bits a channel with an alpha channel, as resvg writes it. */
function pixelsOf(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect([png[24], png[25]]).toEqual([8, 6]);
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      chunks.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = unfiltered(inflateSync(Buffer.concat(chunks)), width, height);
  const dark = (x: number, y: number) => rows[y]![4 * x]! + rows[y]![4 * x + 1]! + rows[y]![4 * x + 2]! < 500;
  return {
    alphaAt: (x: number, y: number) => rows[y]![4 * x + 3]!,
    inkIn({ left, right, top, bottom }: Record<"left" | "right" | "top" | "bottom", number>) {
      let count = 0;
      for (let y = top; y < Math.min(bottom, height); y += 1)
        for (let x = left; x < right; x += 1) count += dark(x, y) ? 1 : 0;
      return count;
    },
  };
}

/** Undoes the filters of PNG (ISO/IEC 15948, clause 9). */
function unfiltered(data: Buffer, width: number, height: number): readonly Uint8Array[] {
  const rows: Uint8Array[] = [];
  for (let y = 0; y < height; y += 1) {
    const start = y * (4 * width + 1);
    const kind = data[start]!;
    const row = new Uint8Array(4 * width);
    const above = rows[y - 1] ?? new Uint8Array(4 * width);
    for (let i = 0; i < row.length; i += 1) {
      const [a, b, c] = [i < 4 ? 0 : row[i - 4]!, above[i]!, i < 4 ? 0 : above[i - 4]!];
      const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][kind]!;
      row[i] = data[start + 1 + i]! + guess;
    }
    rows.push(row);
  }
  return rows;
}

function paeth(a: number, b: number, c: number): number {
  const estimate = a + b - c;
  const [da, db, dc] = [a, b, c].map((each) => Math.abs(estimate - each));
  if (da! <= db! && da! <= dc!) return a;
  return db! <= dc! ? b : c;
}
