/** schema/protocol.schema.json and docs/protocol.md say what the lines really are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { Library } from "../../src/files/library.ts";
import { PolicyProcess } from "../../src/files/policy-process.ts";
import { rtmmVersion } from "../../src/records/version.ts";
import { randomDynamicWorld, randomScaledWorld } from "../core/random-worlds.ts";
import { propertyRuns } from "../property-runs.ts";
import { repository } from "../repository.ts";
import { run } from "../worlds.ts";
import { pythonTest } from "./python.ts";

const schema = JSON.parse(readFileSync(join(repository, "schema/protocol.schema.json"), "utf8"));
const ajv = new Ajv2020({ allErrors: false, strict: false });
ajv.addSchema(schema);
const fromRtmm = ajv.compile({ $ref: "protocol.schema.json#/$defs/fromRtmm" });
const fromPolicy = ajv.compile({ $ref: "protocol.schema.json#/$defs/fromPolicy" });

afterEach(() => void vi.restoreAllMocks());

pythonTest("every line of runs with all that there is keeps to the schema, in both directions", async () => {
  const sent: string[] = [];
  const received: string[] = [];
  const { send, receive } = PolicyProcess.prototype;
  vi.spyOn(PolicyProcess.prototype, "send").mockImplementation(function (this: PolicyProcess, line) {
    sent.push(line);
    send.call(this, line);
  });
  vi.spyOn(PolicyProcess.prototype, "receive").mockImplementation(function (this: PolicyProcess) {
    const line = receive.call(this);
    received.push(line);
    return line;
  });
  const folder = join(repository, "test/protocol");
  const { scheduler } = await new Library(folder).schedulerOf("exec:python3 twin.py");
  const property = fc.property(fc.oneof(randomDynamicWorld, randomScaledWorld), (world) => {
    try {
      run(world, scheduler, { stop: "checkpoint" });
    } catch {
      // An accelerator may not support it.
    }
  });
  fc.assert(property, propertyRuns(10));
  const kinds = sent.map((line) => JSON.parse(line).message ?? "values");
  expect(new Set(kinds)).toEqual(new Set(["hello", "start", "decide", "preempt", "end", "values"]));
  expect(sent.filter((line) => !fromRtmm(JSON.parse(line)))).toEqual([]);
  expect(received.filter((line) => !fromPolicy(JSON.parse(line)))).toEqual([]);
});

const page = readFileSync(join(repository, "docs/protocol.md"), "utf8");

test("the conversation of the page keeps to the schema", () => {
  const lines = [...page.matchAll(/^([<>]) (\{.*\})$/gm)].filter(([, , text]) => !text!.includes("…"));
  expect(lines.length).toBeGreaterThan(7);
  for (const [, direction, text] of lines) {
    const isSound = (direction === ">" ? fromRtmm : fromPolicy)(JSON.parse(text!));
    expect([text, isSound]).toEqual([text, true]);
  }
});

test("the examples of decisions and questions keep to the schema, and the page's version is rtmm's", () => {
  const blocks = [...page.matchAll(/```json\n(\{"(?:decisions|ask)"[\s\S]*?)```/g)].map(([, text]) =>
    JSON.parse(text!),
  );
  expect(blocks.map((block) => fromPolicy(block))).toEqual([true, true]);
  expect(page).toContain(`"rtmm":"${rtmmVersion}"`);
});

test.each([
  { decisions: [{ run: 0 }] },
  { decisions: [{ run: 0, on: 0, layer: 1 }] },
  { decision: [] },
  { ask: [{ job: 0, what: "mood" }] },
])("the schema refuses %j, as rtmm does", (answer) => {
  expect(fromPolicy(answer)).toBe(false);
});
