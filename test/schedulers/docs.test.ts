/** Holds docs/schedulers.md to the registry and runs its examples. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { Scheduler, SchedulerParameter } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { Library } from "../../src/files/library.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { findScheduler } from "../../src/run/find-scheduler.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { expectation, resolveParameters } from "../../src/schedulers/parameters.ts";
import { randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { run, smallScenario } from "../worlds.ts";

const page = readFileSync(new URL("../../docs/schedulers.md", import.meta.url), "utf8");
const lines = page.split("\n");
const rowsUnder = (header: string): readonly string[] => {
  const start = lines.findIndex((line) => line.startsWith(`| ${header} |`)) + 2;
  return lines.slice(start, lines.indexOf("", start));
};

/** The rows that the page must have: on a failure, paste them there. */
const schedulerRow = ({ name, summary, source, parameters }: Scheduler): string => {
  const own = parameters.map((parameter) => `\`${parameter.name}=${parameter.default}\``);
  return `| \`${name}\` | ${summary} | ${source} | ${own.join(", ")} |`;
};
const parameterRow = (parameter: SchedulerParameter): string => {
  return `| \`${parameter.name}\` | ${expectation(parameter)} | ${defaultsOf(parameter.name)} | ${parameter.summary} |`;
};
const allParameters = schedulers.flatMap((scheduler) => scheduler.parameters);
function defaultsOf(name: string): string {
  const defaults = allParameters.filter((parameter) => parameter.name === name).map((parameter) => parameter.default);
  return [...new Set(defaults.map(String))].map((value) => `\`${value}\``).join(" or ");
}

describe("docs/schedulers.md", () => {
  test("lists every scheduler with its summary, source and parameters", () => {
    expect(rowsUnder("name")).toEqual(schedulers.map(schedulerRow));
  });
  test("lists every parameter with what it accepts and means", () => {
    expect(rowsUnder("parameter")).toEqual([...new Set(allParameters.map(parameterRow))]);
  });
});

const folder = mkdtempSync(join(tmpdir(), "rtmm-schedulers-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page's code blocks that begin with a file name, written to files. */
const examples = [...page.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file, code]) => {
  const path = join(folder, file!.replace(".js", ".mjs"));
  writeFileSync(path, code!);
  return { file: file!, path };
});

async function load(file: string): Promise<Scheduler> {
  const { path } = examples.find((example) => example.file === file)!;
  return ((await import(pathToFileURL(path).href)) as { default: Scheduler }).default;
}

test("the page has two examples", () => {
  expect(examples.map(({ file }) => file)).toEqual(["urgent-pairs.js", "tokens.js"]);
});

describe.each(examples)("the example $file", ({ file, path }) => {
  test("is found as a user's scheduler file", async () => {
    const { scheduler, files } = await findScheduler(path, new Library(folder));
    expect(`${scheduler.name}.js`).toBe(file);
    expect(files.map(({ role }) => role)).toEqual(["scheduler"]);
  });
  test("keeps every rule that the audit knows, in random worlds", async () => {
    const scheduler = await load(file);
    const { values, problems } = resolveParameters(scheduler, {});
    expect(problems).toEqual([]);
    const property = fc.property(randomWorld, (world) => {
      const { scenario, system, costTable } = smallScenario(world);
      const program = compile(scenario, system, costTable);
      const seed = world.seed ?? 1;
      const audit = createAudit(program, { seed, lateDrop: file === "urgent-pairs.js" });
      expect(audit.finish(simulate(program, scheduler, values, { seed, observer: audit.observer }))).toEqual([]);
    });
    fc.assert(property, propertyRuns(50));
  });
});

test("urgent-pairs gives the urgent job the accelerator that is fast for it", async () => {
  const world = {
    tasks: [
      { id: "calm", layersNs: [[10, 20]], deadlineNs: 1000 },
      { id: "urgent", layersNs: [[10, 30], 5], deadlineNs: 60 },
    ],
    accelerators: 2,
  };
  // Urgent 25 / 60 x 20 / 10 on a0; then calm alone on a1.
  expect(run(world, await load("urgent-pairs.js")).starts).toEqual([
    [0, "urgent", 0],
    [0, "calm", 1],
    [10, "urgent", 0],
  ]);
});

test("tokens lets a waiting job of high priority stop another at the end of a period", async () => {
  const world = {
    tasks: [
      { id: "low", layersNs: [1_000_000], priority: 1 },
      { id: "high", layersNs: [100_000], priority: 3, atNs: [0] },
      { id: "more", layersNs: [400_000], priority: 2, atNs: [150_000] },
    ],
  };
  // high: 3 tokens. At 100000 low has 1.1; more comes with 2 and stops it; low then has 1.1 + 0.4 < 2 until more ends.
  expect(run(world, await load("tokens.js")).starts).toEqual([
    [0, "high", 0],
    [100_000, "low", 0],
    [150_000, "more", 0],
    [550_000, "low", 0],
  ]);
});
