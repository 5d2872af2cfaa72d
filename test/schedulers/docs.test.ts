/** Holds docs/schedulers.md to the registry and runs its examples. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { compile } from "../../src/core/program.ts";
import type { Scheduler, SchedulerParameter } from "../../src/core/scheduler.ts";
import { simulate } from "../../src/core/simulate.ts";
import { Library } from "../../src/files/library.ts";
import { createAudit } from "../../src/run/audit/audit.ts";
import { findScheduler } from "../../src/run/find-scheduler.ts";
import { edf } from "../../src/schedulers/edf.ts";
import { schedulers } from "../../src/schedulers/index.ts";
import { expectation, resolveParameters } from "../../src/schedulers/parameters.ts";
import { randomWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { repository } from "../repository.ts";
import { run, smallScenario } from "../worlds.ts";
import { explained } from "./explained.ts";

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

/** A user's folder, with rtmm among its packages. */
const folder = mkdtempSync(join(tmpdir(), "rtmm-schedulers-"));
mkdirSync(join(folder, "node_modules"));
symlinkSync(repository, join(folder, "node_modules/rtmm"));
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

/** What urgent-pairs and thrifty leave to the core, and the others do not. */
const dropsLate = (file: string): boolean => file !== "tokens.js";

test("the page has three examples in JavaScript", () => {
  expect(examples.map(({ file }) => file)).toEqual(["my-edf.js", "urgent-pairs.js", "tokens.js"]);
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
      const audit = createAudit(program, { seed, lateDrop: dropsLate(file) });
      expect(audit.finish(simulate(program, scheduler, values, { seed, observer: audit.observer }))).toEqual([]);
    });
    fc.assert(property, propertyRuns(50));
  });
});

test("my-edf decides as edf does, in random worlds, and takes its parameters but for the mechanism", async () => {
  const mine = await load("my-edf.js");
  expect(mine.parameters).toEqual(edf.parameters.filter(({ name }) => name !== "mechanism"));
  const property = fc.property(randomWorld, (world) => {
    expect(run(world, mine).starts).toEqual(run(world, edf).starts);
  });
  fc.assert(property, propertyRuns(50));
});

describe("the example thrifty.ts", () => {
  const [, code] = /```ts\n\/\/ thrifty[.]ts\n([\s\S]*?)```/.exec(page)!;
  const path = join(folder, "thrifty.ts");
  writeFileSync(path, code!);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: [],
  };
  /** The example with something in it that there is not, and what the compiler says then. */
  const mistakes = [
    { from: 'aim === "time"', to: 'aim === "money"', problem: "have no overlap" },
    { from: "nearMs, lateDrop }", to: "nearMs, lateDrop, farMs }", problem: "'farMs' does not exist" },
    { from: "nearMs * 1e6", to: "nearMs.length", problem: "does not exist on type 'number'" },
  ].map((mistake, i) => ({ ...mistake, file: join(folder, `mistake${i}.ts`) }));

  test("compiles as written, and not with a parameter or a choice that there is not", () => {
    for (const { file, from, to } of mistakes) writeFileSync(file, code!.replace(from, to));
    const program = ts.createProgram([path, ...mistakes.map(({ file }) => file)], options);
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
      file: file?.fileName,
      problem: ts.flattenDiagnosticMessageText(messageText, " "),
    }));
    expect(problems).toEqual(
      mistakes.map(({ file, problem }) => ({ file, problem: expect.stringContaining(problem) })),
    );
  });
  test("decides as it says", async () => {
    const { outputText } = ts.transpileModule(code!, { compilerOptions: { ...options, module: ts.ModuleKind.ESNext } });
    const compiled = path.replace(".ts", ".mjs");
    writeFileSync(compiled, outputText);
    const { scheduler } = await findScheduler(compiled, new Library(folder));
    const world = {
      tasks: [{ id: "a", layersNs: [[10, 20]], energyPj: [[9, 2]], deadlineNs: 6_000_000 }],
      accelerators: 2,
    };
    expect(run(world, scheduler).starts).toEqual([[0, "a", 1]]);
    expect(run(world, scheduler, { nearMs: 7 }).starts).toEqual([[0, "a", 0]]);
    expect(run(world, scheduler, { aim: "time" }).starts).toEqual([[0, "a", 0]]);
  });
});

test("examples that explain their decisions name the choice first", async () => {
  const world = {
    tasks: [
      { id: "low", layersNs: [1_000_000], priority: 1 },
      { id: "high", layersNs: [100_000], priority: 3, atNs: [0] },
      { id: "more", layersNs: [400_000], priority: 2, atNs: [150_000] },
    ],
  };
  expect(explained(world, await load("tokens.js"))).toEqual([
    {
      said: [150_000, "preempt low", "more tokens"],
      candidates: [
        ["more", 2, {}],
        ["low", 1.1, {}],
      ],
    },
  ]);
  // high: 100000 ns of a slack that is infinite; 0.5 x 0.5 of starvation comes later.
  const [first] = explained(world, await load("urgent-pairs.js"));
  expect(first).toEqual({
    said: [0, "run low", "highest score"],
    candidates: [
      ["low on a0", 0, { urgency: 0, starvation: 0 }],
      ["high on a0", 0, { urgency: 0, starvation: 0 }],
    ],
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
