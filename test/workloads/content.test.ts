/** Every file that rtmm ships loads, and is what its name says. */
import { describe, expect, test } from "vitest";
import type { AnalyticCosts, System } from "../../src/core/system.ts";
import type { Problem } from "../../src/input/problem.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import type { FileKind, Resolver } from "../../src/scenario/resolver.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { shippedFile, shippedFiles, shippedNames, shippedText } from "./shipped-files.ts";

const load: Readonly<Record<FileKind, (path: string, files: Resolver) => { readonly name: string }>> = {
  model: loadModel,
  scenario: loadScenario,
  suite: loadSuite,
  system: loadSystem,
};

describe.each(["model", "scenario", "suite", "system"] as const)("every shipped %s", (kind) => {
  const schemaFolder = kind === "system" ? "../schema" : "../../schema";
  test.each(shippedNames(kind))("%s", (name) => {
    const warnings: Problem[] = [];
    expect(load[kind](shippedFile(kind, name), shippedFiles(warnings)).name).toBe(name);
    expect(warnings).toEqual([]);
    const [firstLine] = shippedText(kind, name).split("\n");
    expect(firstLine).toBe(`# yaml-language-server: $schema=${schemaFolder}/${kind}.schema.json`);
  });
});

/** Model, fps and what triggers it. Source: docs/references.md#xrbench-models, #xrbench-scenarios. */
const xrbench: Readonly<Record<string, readonly string[]>> = {
  "social-interaction-a": ["es 60", "ge 60 after es 1", "dr 30", "ht 30"],
  "social-interaction-b": ["es 60", "ge 60 after es 1", "as 30"],
  "outdoor-activity-a": ["kd 3", "sr 3 after kd 0.2", "ss 10", "od 30"],
  "outdoor-activity-b": ["kd 3", "sr 3 after kd 0.2", "od 30"],
  "ar-assistant": ["kd 3", "sr 3 after kd 0.5", "ss 10", "de 30", "pd 15", "od 10"],
  "ar-gaming": ["ht 45", "de 30", "pd 15"],
  "vr-gaming": ["ht 45", "es 60", "ge 60 after es 1"],
};
const modelOf: Readonly<Record<string, string>> = {
  ht: "hand-graph-cnn",
  es: "ritnet",
  ge: "fbnet-c",
  kd: "res8-narrow",
  sr: "emformer-em24l",
  ss: "hrvit-b1",
  od: "d2go-faster-rcnn",
  as: "ed-tcn",
  de: "midas-v21-small",
  dr: "sparse-to-dense",
  pd: "plane-rcnn",
};

describe("XRBench's scenarios", () => {
  test.each(Object.entries(xrbench))("%s has its tasks, rates and dependencies", (name, expected) => {
    const { tasks, durationNs } = loadScenario(shippedFile("scenario", name), shippedFiles());
    const described = tasks.map(({ id, release, deadlineNs }) => {
      const fps = Math.round(1e9 / deadlineNs);
      if (release.kind !== "after") return `${id} ${fps}`;
      return `${id} ${fps} after ${release.taskIndexes.map((index) => tasks[index]?.id)} ${release.probability}`;
    });
    expect(described).toEqual(expected);
    expect(tasks.map(({ model }) => model.name)).toEqual(tasks.map(({ id }) => modelOf[id]));
    expect(durationNs).toBe(1e9);
  });

  test("are all in the suite, and nothing else is", () => {
    const { scenarios } = loadSuite(shippedFile("suite", "xrbench"), shippedFiles());
    expect(scenarios).toEqual(Object.keys(xrbench).map((name) => shippedFile("scenario", name)));
  });
});

/** Dataflow and PEs of each accelerator at 4096 PEs. Source: docs/references.md#xrbench-accelerators. */
const styles: readonly (readonly [letter: string, name: string, accelerators: string])[] = [
  ["A", "fda-1-ws", "ws 4096"],
  ["B", "fda-1-os", "os 4096"],
  ["C", "fda-1-rs", "rs 4096"],
  ["D", "sfda-2-ws", "ws 2048, ws 2048"],
  ["E", "sfda-2-os", "os 2048, os 2048"],
  ["F", "sfda-2-rs", "rs 2048, rs 2048"],
  ["G", "hda-2-ws-os-3to1", "ws 3072, os 1024"],
  ["H", "hda-2-ws-os-1to3", "ws 1024, os 3072"],
  ["I", "hda-2-ws-os", "ws 2048, os 2048"],
  ["J", "sfda-4-ws", "ws 1024, ws 1024, ws 1024, ws 1024"],
  ["K", "sfda-4-os", "os 1024, os 1024, os 1024, os 1024"],
  ["L", "sfda-4-rs", "rs 1024, rs 1024, rs 1024, rs 1024"],
  ["M", "hda-4-ws-os", "ws 1024, os 1024, ws 1024, os 1024"],
];

function analyticCosts(system: System): readonly AnalyticCosts[] {
  return system.accelerators.map(({ costs }) => {
    if (!("dataflow" in costs)) throw new Error("a style has the costs of a dataflow");
    return costs;
  });
}

describe("XRBench's accelerator styles", () => {
  test.each(styles)("%s is %s, at 4096 and 8192 PEs", (letter, name, accelerators) => {
    for (const [size, factor] of [
      ["4k", 1],
      ["8k", 2],
    ] as const) {
      const system = loadSystem(shippedFile("system", `${name}-${size}`), shippedFiles());
      const costs = analyticCosts(system);
      const described = system.accelerators.map(({ pes }, index) => `${costs[index]?.dataflow.name} ${pes / factor}`);
      expect(described.join(", ")).toBe(accelerators);
      expect(system.accelerators.reduce((pes, accelerator) => pes + accelerator.pes, 0)).toBe(4096 * factor);
      expect(system.title).toMatch(new RegExp(`^Style ${letter}: .* ${4096 * factor} PEs`));
      const bandwidth = size === "4k" && costs.length > 1 ? 128 : 256;
      expect(costs.every(({ kind }) => kind === "maestro")).toBe(true);
      expect(new Set(costs.flatMap(({ nocElementsPerCycle }) => nocElementsPerCycle))).toEqual(new Set([bandwidth]));
      expect(system.contextSwitch).toBe("off");
      expect(system.memory.bandwidthGBs).toBe(128);
      expect(system.accelerators.every(({ clockGHz }) => clockGHz === 1)).toBe(true);
    }
  });
});

describe("the example systems", () => {
  test("the measured one runs every XRBench model somewhere", () => {
    const { accelerators } = loadSystem(shippedFile("system", "measured-xr-soc"), shippedFiles());
    const rows = accelerators.flatMap(({ costs }) => (costs.kind === "table" ? costs.rows : []));
    expect([...new Set(rows.map(({ model }) => model))].sort()).toEqual(Object.values(modelOf).sort());
    expect(rows.every(({ energyPj }) => energyPj !== undefined)).toBe(true);
  });

  test("the other one has data-centric costs with off-chip transfers, context switches, idle power and buffers", () => {
    const system = loadSystem(shippedFile("system", "xr-soc-2"), shippedFiles());
    expect(system.contextSwitch).toBe("on");
    expect(analyticCosts(system)).toMatchObject([
      { kind: "data-centric", offChip: { bandwidthGBs: 25.6 }, startUp: "on" },
      { kind: "data-centric", offChip: { bandwidthGBs: 25.6 }, startUp: "on" },
    ]);
    expect(system.accelerators.every(({ idlePowerMw }) => idlePowerMw > 0)).toBe(true);
    expect(system.accelerators.every(({ globalBufferBytes }) => Number.isFinite(globalBufferBytes))).toBe(true);
  });
});
