/** Searches for losses as a program asks for them, against the command line's. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type AdversaryRequest, adversary, adversaryFormats, run } from "../../src/index.ts";
import { RequestError } from "../../src/input/request-error.ts";
import { ranked } from "../../src/schedulers/ranked.ts";
import { call, folderWith } from "../cli/call.ts";
import { ranges, world } from "../studies/adversary/world.ts";

afterEach(() => void vi.unstubAllEnvs());

const folder = () => folderWith({ ...world, "tiny.yaml": ranges() });
const asked = { a: "fcfs", b: "sjf", metric: "meanResponseMs", within: "tiny.yaml", budget: 40, seeds: 1 } as const;
const words = ["adversary", "--a", "fcfs", "--metric", "meanResponseMs", "--within", "tiny.yaml", "--budget", "40"];

/** What sjf does, by another name. */
const shortFirst = ranked({
  name: "short-first",
  summary: "the shortest job first",
  source: "this test",
  granularity: "model",
  rank: (job) => job.meanRemainingNs,
});

test.each<[Partial<AdversaryRequest>, readonly string[]]>([
  [{}, ["--b", "sjf", "--seeds", "1"]],
  [
    { chains: 4, keep: 0.5, seeds: [2, 3], jobs: 2 },
    ["--b", "sjf", "--chains", "4", "--keep", "0.5", "--seeds", "2", "--seed", "2"],
  ],
  [{ b: { scheduler: "edf", params: { granularity: "layer" } } }, ["--b", "edf:granularity=layer", "--seeds", "1"]],
])("%j gives the report and the files of the command line", async (request, more) => {
  const cwd = folder();
  const { code, stdout } = await call([...words, ...more, "-o", "out", "-f", "json"], { cwd });
  const own = folder();
  const report = await adversary({ ...asked, cwd: own, out: "out", ...request });
  expect([code, report]).toEqual([0, JSON.parse(stdout)]);
  for (const file of readdirSync(join(cwd, "out")).filter((name) => !/^(search|evaluations)/.test(name)))
    expect(readFileSync(join(own, "out", file), "utf8")).toBe(readFileSync(join(cwd, "out", file), "utf8"));
  expect(adversaryFormats[0]!.render(report, { color: "never" })).toContain("fcfs loses");
});

test("bound: proven is --bound", async () => {
  const { b: _, ...alone } = { ...asked, metric: "violations", cwd: folder(), out: "out" };
  const report = await adversary({ ...alone, bound: "proven" });
  const cli = ["adversary", "--a", "fcfs", "--bound", "--metric", "violations", "--within", "tiny.yaml"];
  const { stdout } = await call([...cli, "--budget", "40", "--seeds", "1", "-o", "out", "-f", "json"], {
    cwd: folder(),
  });
  expect(report).toEqual(JSON.parse(stdout));
});

test("the written case gives its loss again", async () => {
  const cwd = folder();
  const { smallest, files } = await adversary({ ...asked, cwd, out: "out" });
  const { metrics } = await run({ scenario: files!.scenario, system: files!.system, scheduler: "fcfs", cwd });
  expect(metrics.meanResponseMs).toBe(smallest!.loss.a);
});

test("takes schedulers, ranges and models in memory, and leaves nothing behind", async () => {
  const named = await adversary({ ...asked, cwd: folder() });
  const temporary = folderWith({});
  vi.stubEnv("TMPDIR", temporary);
  const during = new Set<number>();
  const scenariosTried = (): void => void during.add(readdirSync(temporary).length);
  const within = { yaml: ranges(), path: "tiny.yaml" };
  const report = await adversary({ ...asked, b: shortFirst, within, files: world, scenariosTried });
  expect([report.b.label, report.files]).toEqual(["short-first", null]);
  expect(report.smallest!.loss).toEqual(named.smallest!.loss);
  expect([[...during], readdirSync(temporary)]).toEqual([[1], []]);
});

test("goes on with a search that was stopped, and refuses to without being asked", async () => {
  const cwd = folder();
  const request = { ...asked, cwd, out: "out", jobs: 1 };
  const whole = await adversary({ ...request, cwd: folder() });
  const stop = new AbortController();
  const scenariosTried = (tried: number): void => {
    if (tried >= 10) stop.abort(new Error("enough"));
  };
  await expect(adversary({ ...request, signal: stop.signal, scenariosTried })).rejects.toThrow("enough");
  expect([existsSync(join(cwd, "out/evaluations.jsonl")), existsSync(join(cwd, "out/search.lock"))]).toEqual([
    true,
    false,
  ]);
  await expect(adversary(request)).rejects.toThrow("already holds this search");
  expect(await adversary({ ...request, present: "resume" })).toEqual(whole);
});

test.each<[object, string]>([
  [{ a: undefined }, 'the request needs "a"'],
  [{ b: undefined }, 'either "b"'],
  [{ bound: "proven" }, 'either "b"'],
  [{ b: undefined, bound: true }, "bound must be"],
  [{ a: 5 }, "a scheduler must be a name, a path or a scheduler, got 5"],
  [{ a: "fcsf" }, 'unknown scheduler "fcsf"'],
  [{ b: "fcfs" }, "fcfs cannot lose to itself"],
  [{ metric: "uxCots" }, 'unknown metric "uxCots"'],
  [{ metric: "released" }, "neither direction"],
  [{ within: "teeny" }, 'unknown ranges "teeny"'],
  [{ within: { yaml: "name: x\n" } }, "models"],
  [{ budget: 0 }, "budget must be a whole number from 1"],
  [{ budget: "40" }, "budget must be a whole number from 1"],
  [{ chains: 1.5 }, "chains must be a whole number from 1 to 1000, got 1.5"],
  [{ keep: 0 }, "keep must be a share above 0, up to 1, got 0"],
  [{ seeds: 0 }, "seeds must be"],
  [{ present: "replace" }, "present must be"],
  [{ jobs: 0 }, "jobs must be"],
  [{ a: shortFirst, jobs: 2 }, 'scheduler "short-first" is in memory'],
  [{ budgets: 4 }, 'unknown key "budgets" in the request; did you mean "budget"?'],
])("refuses %j", async (wrong, message) => {
  const failed = adversary({ ...asked, cwd: folder(), ...wrong } as AdversaryRequest);
  await expect(failed).rejects.toThrow(message);
  if (!("within" in wrong && typeof wrong.within === "object")) await expect(failed).rejects.toThrow(RequestError);
});
