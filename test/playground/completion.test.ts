/** What the editor proposes, at a cursor that is shown as |. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keyDescription, proposals } from "../../src/playground/completion/completions.ts";
import { cursorPlace } from "../../src/playground/completion/cursor-place.ts";
import type { Schemas } from "../../src/playground/completion/schema-walk.ts";
import { repository } from "../repository.ts";

const folder = join(repository, "schema");
const schemas: Schemas = Object.fromEntries(
  readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(join(folder, file), "utf8"))]),
);
const names = {
  models: [
    { name: "ritnet", title: "RITNet" },
    { name: "kws-res8", title: "KWS" },
  ],
};

const place = (text: string) => cursorPlace(text.replace("|", ""), text.indexOf("|"));
const proposed = (text: string, file = "scenario.schema.json") => {
  const at = place(text);
  return at === undefined ? undefined : proposals(at, { schemas, file, names });
};
const labels = (text: string, file?: string) => proposed(text, file)?.options.map(({ label }) => label);

describe("the place of the cursor", () => {
  test.each<[string, object | undefined]>([
    ["|", { path: [], at: "key" }],
    ["name: x\ndur|", { path: [], at: "key", key: "dur", siblings: ["name"] }],
    ["name: x\ntasks:\n  - { id: a, mo| }\n", { path: ["tasks", 0], at: "key", siblings: ["id"] }],
    ["name: x\ntasks:\n  - { id: a, mo|, fps: 3 }\n", { path: ["tasks", 0], at: "key", siblings: ["id", "fps"] }],
    ["tasks:\n  - { id: a, model: ri| }\n", { path: ["tasks", 0], at: "value", key: "model" }],
    ["tasks:\n  - { id: a, model: |", { path: ["tasks", 0], at: "value", key: "model" }],
    ["tasks:\n  - id: a\n    |\n  - id: b\n", { path: ["tasks", 0], at: "key", siblings: ["id"] }],
    ["tasks:\n  - id: a\n  - |\n", { path: ["tasks", 1], at: "key" }],
    ["tasks:\n  - { id: a, arrival: { ki| } }\n", { path: ["tasks", 0, "arrival"], at: "key" }],
    ["tasks:\n  - { id: a, reads: [b|] }\n", { path: ["tasks", 0, "reads"], at: "item" }],
    ["name: x # dur|", undefined],
  ])("%j", (text, expected) => {
    if (expected === undefined) expect(place(text)).toBeUndefined();
    else expect(place(text)).toMatchObject(expected);
  });
});

describe("what is proposed", () => {
  test("keys that are not there yet, with what the schema says", () => {
    const found = proposed("name: x\ndur|")!;
    expect(found.options.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["durationMs", "tasks", "phases", "title"]),
    );
    expect(found.options.map(({ label }) => label)).not.toContain("name");
    expect(found.options.find(({ label }) => label === "durationMs")).toMatchObject({
      text: "durationMs: ",
      detail: "required",
      description: "No job is released at or after this time.",
    });
    expect([found.from, found.to]).toEqual([8, 11]);
  });

  test.each<[string, string, readonly string[]]>([
    ["tasks:\n  - { id: a, model: | }", "scenario.schema.json", ["ritnet", "kws-res8"]],
    ["tasks:\n  - { id: a }\n  - { id: b, after: | }", "scenario.schema.json", ["a", "b"]],
    ["tasks:\n  - { id: a, arrival: { kind: | } }", "scenario.schema.json", ["poisson", "one-shot", "closed", "trace"]],
    ["costs: |\n", "system.schema.json", ["maestro", "data-centric", "systolic", "table"]],
    ["contextSwitch: |", "system.schema.json", ["on", "off"]],
    ["accelerators:\n  - { id: a, dataflow: | }", "system.schema.json", ["ws", "os", "rs"]],
    ["accelerators:\n  - { id: a, preemption: [|] }", "system.schema.json", ["checkpoint", "kill", "drain"]],
  ])("in %j of %s", (text, file, expected) =>
    expect(labels(text, file)).toEqual(expect.arrayContaining([...expected])),
  );

  test("keys of the alternative that its kind picks", () => {
    expect(labels("tasks:\n  - { id: a, arrival: { kind: poisson, | } }")).toContain("ratePerS");
    expect(labels("tasks:\n  - { id: a, arrival: { kind: poisson, | } }")).not.toContain("clients");
    expect(labels("tasks:\n  - { id: a, arrival: { kind: closed, | } }")).toContain("clients");
  });
});

test("hovering over a key says what it means", () => {
  const described = (text: string, file: string) => keyDescription(place(text)!, { schemas, file, names });
  expect(described("name: x\ndurati|onMs: 100\n", "scenario.schema.json")).toContain("No job is released");
  expect(described("memory: { bandwidth|GBs: 3 }", "system.schema.json")).toContain("GB/s");
  expect(described("nonsen|se: 3", "system.schema.json")).toBeUndefined();
});
