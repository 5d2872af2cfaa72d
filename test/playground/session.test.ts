/** The worker's answers, without a browser: the same results and problems as the command line's. */
import { describe, expect, test } from "vitest";
import { commandWords } from "../../src/playground/command-line.ts";
import { knobsOf } from "../../src/playground/knobs.ts";
import type { Answers, RunAnswer } from "../../src/playground/protocol.ts";
import { Session } from "../../src/playground/session.ts";
import { firstState, type PlayState } from "../../src/playground/state.ts";
import { call, folderWith } from "../cli/call.ts";
import { builtIns } from "./built-ins.ts";

const session = new Session(builtIns);

const answered = async (changes: Partial<PlayState>): Promise<RunAnswer> =>
  (await session.answer({ kind: "run", state: { ...firstState, ...changes } })) as RunAnswer;

async function resultOf(changes: Partial<PlayState>) {
  const { outcome } = await answered(changes);
  if (outcome.kind !== "result") throw new Error(JSON.stringify(outcome));
  return outcome;
}

/** A state whose slider of this name stands at one of its steps. */
async function slid(changes: Partial<PlayState>, key: string, step: number): Promise<PlayState> {
  const state = { ...firstState, ...changes };
  const { facts } = await answered(changes);
  const knob = knobsOf(state, facts!).find((each) => each.key === key)!;
  return knob.changed(state, knob.steps[step]!);
}

async function commandLineHash(state: PlayState): Promise<string> {
  const { scenario, system } = state;
  const cwd = folderWith({
    ...(scenario.text !== undefined && { "scenario.yaml": scenario.text }),
    ...(system.text !== undefined && { "system.yaml": system.text }),
  });
  const { stdout, stderr } = await call([...commandWords(state), "--format", "json"], { cwd });
  expect(stderr).not.toContain("error");
  return JSON.parse(stdout).resultHash;
}

describe("the result has the hash of the command line's", () => {
  test.each<[string, Partial<PlayState>]>([
    ["the first state", {}],
    [
      "another scenario, system, scheduler and seed",
      { scenario: { name: "ar-gaming" }, system: { name: "hda-4-ws-os-4k" }, scheduler: "dream", seed: 7 },
    ],
    ["parameters of every kind", { scheduler: "edf", params: { granularity: "model", lateDrop: false } }],
    ["a number as a parameter", { scheduler: "dream", params: { alpha: 0.35, tuning: "online" } }],
    [
      "drawn tasks at other rates",
      { scenario: { name: "prema-multi-tenant" }, system: { name: "prema-npu" }, rateScale: 0.5 },
    ],
    ["another duration", { durationMs: 200 }],
    [
      "texts of one's own",
      {
        scenario: {
          name: "vr-gaming",
          text: "name: mine\ndurationMs: 500\ntasks:\n  - { id: a, model: ritnet, fps: 30 }\n",
        },
        system: { name: "xr-soc-2", text: builtIns["hardware/xr-soc-2.yaml"]!.replace("pes: 4096", "pes: 3000") },
      },
    ],
  ])("for %s", async (_, changes) => {
    const { result } = await resultOf(changes);
    expect(result.resultHash).toBe(await commandLineHash({ ...firstState, ...changes }));
  });

  test.each<[Partial<PlayState>, string, number]>([
    [{}, "rates", 30],
    [{}, "rates.ht", 30],
    [{}, "system.accelerators[0].pes", 3],
    [{}, "system.accelerators[1].nocElementsPerCycle", 5],
    [{}, "duration", 2],
    [{ scenario: { name: "dream-ar-social" }, system: { name: "xr-soc-2" } }, "system.memory.bandwidthGBs", 1],
    [{ system: { name: "xr-soc-2" }, scheduler: "hpf" }, "system.accelerators[0].offChip.bandwidthGBs", 0],
  ])("with %j and the slider %s at step %i", async (changes, key, step) => {
    const state = await slid(changes, key, step);
    expect(state).not.toEqual({ ...firstState, ...changes });
    const { result } = await resultOf(state);
    expect(result.resultHash).toBe(await commandLineHash(state));
  });
});

describe("problems are the command line's, at the same places", () => {
  test.each([
    ["name: x\ndurationMs: 100\ntasks:\n  - { id: eyes, model: ritnett, fps: 60 }\n"],
    ["name: x\ndurationMs: 100\ntasks:\n  - { id: eyes, model: ritnet, fps: -60, zoom: 1 }\n"],
    ["name: x\ndurationMs: 100\ntasks:\n  - { id: eyes, model: ritnet, fps: 60\n"],
    [""],
  ])("in %j", async (text) => {
    const { outcome } = await answered({ scenario: { name: "vr-gaming", text } });
    const { stderr } = await call(["run", "./scenario.yaml"], { cwd: folderWith({ "scenario.yaml": text }) });
    if (outcome.kind !== "problems") throw new Error(outcome.kind);
    const places = outcome.problems.map(({ line, column, message }) => `scenario.yaml:${line}:${column}: ${message}`);
    const said = stderr.replaceAll(/\s+/g, " ");
    for (const place of places) expect(said).toContain(place.replaceAll(/\s+/g, " "));
    expect(places.length).toBeGreaterThan(0);
  });
});

test("an edited copy of a system finds the table that it names", async () => {
  const text = builtIns["hardware/measured-xr-soc.yaml"]!;
  const { result } = await resultOf({ system: { name: "measured-xr-soc", text } });
  const { result: original } = await resultOf({ system: { name: "measured-xr-soc" } });
  expect(result.resultHash).toBe(original.resultHash);
});

test("an unknown name and too many jobs are messages, not problems with a place", async () => {
  const unknown = await answered({ scenario: { name: "vr-gamin" } });
  expect(unknown).toMatchObject({ facts: undefined, outcome: { kind: "message" } });
  const { outcome } = await answered({ durationMs: 1e9, rateScale: 100_000 });
  expect(outcome).toMatchObject({ kind: "message", message: expect.stringContaining("the limit is") });
});

test("a bar has the metrics of that scheduler with its default parameters", async () => {
  const state = { ...firstState, params: { granularity: "model" } };
  const bar = (await session.answer({ kind: "bar", state, scheduler: "dream" })) as Answers["bar"];
  const { result } = await resultOf({ scheduler: "dream" });
  expect(bar).toEqual({ kind: "metrics", metrics: result.metrics });
});

test("a job is explained as rtmm explain does", async () => {
  const ask = { kind: "explain", state: firstState, task: "ht", job: 3 } as const;
  const explained = (await session.answer(ask)) as Answers["explain"];
  const { stdout } = await call(["explain", "vr-gaming", "--task", "ht", "--job", "3", "-f", "json"]);
  expect(explained).toEqual({ kind: "explanation", explanation: JSON.parse(stdout) });
});

test("the catalogue names every scenario and system with its title", async () => {
  const { scenarios, systems } = (await session.answer({ kind: "catalogue" })) as Answers["catalogue"];
  const { stdout } = await call(["list", "scenarios", "-f", "json"]);
  expect(scenarios.map(({ name, title }) => ({ name, title }))).toEqual(JSON.parse(stdout).scenarios);
  expect(systems.map(({ name }) => name)).toContain("measured-xr-soc");
});
