/** DREAM's scenarios are those of docs/references.md#dream-scenarios-and-systems, with the dynamics of their models. */
import { describe, expect, test } from "vitest";
import type { Scenario } from "../../src/core/scenario.ts";
import { loadScenario } from "../../src/scenario/load-scenario.ts";
import { loadSuite } from "../../src/scenario/load-suite.ts";
import { scenarioKind } from "../../src/scenario/scenario-kind.ts";
import { shippedFile, shippedFiles, shippedText } from "./shipped-files.ts";

/** Model, fps and what triggers it; * where the file has to say that the rate is our choice. */
const dream: Readonly<Record<string, readonly string[]>> = {
  "dream-vr-gaming": [
    "gaze fbnet-c 60",
    "hands ssd-mobilenetv2 30",
    "pose hand-pose-net 30 after hands 0.75",
    "context ofa-supernet 30",
  ],
  "dream-ar-call": ["keyword kws-res8 15", "translation gnmt 15 after keyword 0.75", "context skipnet 30"],
  "dream-drone-outdoor": ["objects ssd-mobilenetv2 30*", "navigation trailnet 60", "odometry sosnet 60"],
  "dream-drone-indoor": [
    "objects ssd-mobilenetv2 30*",
    "navigation rapid-rl 60*",
    "odometry sosnet 60",
    "cars googlenet 60*",
  ],
  "dream-ar-social": [
    "depth focal-length-depth 30",
    "actions ed-tcn 30",
    "faces ssd-mobilenetv2 30",
    "persons vgg-voxceleb 30 after faces 0.75",
    "context ofa-supernet 30",
  ],
};

const scenarioNamed = (name: string): Scenario => loadScenario(shippedFile("scenario", name), shippedFiles());

/** The deadline of every task, also of one that waits, is a period of its rate. */
function described({ tasks }: Scenario, text: string): readonly string[] {
  return tasks.map(({ id, model, release, deadlineNs }) => {
    const mark = new RegExp(`id: ${id},.*# \\*`).test(text) ? "*" : "";
    const rate = `${id} ${model.name} ${Math.round(1e9 / deadlineNs)}${mark}`;
    if (release.kind !== "after") return rate;
    return `${rate} after ${release.taskIndexes.map((index) => tasks[index]!.id)} ${release.probability}`;
  });
}

describe("DREAM's scenarios", () => {
  test.each(Object.entries(dream))("%s has its tasks, rates and cascades", (name, expected) => {
    expect(described(scenarioNamed(name), shippedText("scenario", name))).toEqual(expected);
  });
  test("are cascaded and concurrent where the table has dependencies, else concurrent", () => {
    const kinds = Object.keys(dream).map((name) => scenarioKind(scenarioNamed(name)));
    expect(kinds).toEqual([
      "cascaded-concurrent",
      "cascaded-concurrent",
      "concurrent",
      "concurrent",
      "cascaded-concurrent",
    ]);
  });
  test("are all in the suite, and nothing else is", () => {
    const { scenarios } = loadSuite(shippedFile("suite", "dream"), shippedFiles());
    expect(scenarios).toEqual(Object.keys(dream).map((name) => shippedFile("scenario", name)));
  });
  test.each([
    ["dream-vr-gaming", "variants", ["ofa-supernet"]],
    ["dream-ar-call", "loops", ["gnmt"]],
    ["dream-ar-call", "skips", ["skipnet"]],
    ["dream-drone-indoor", "exits", ["rapid-rl"]],
    ["dream-ar-social", "variants", ["ofa-supernet"]],
  ] as const)("%s has %s", (name, what, expected) => {
    const models = scenarioNamed(name).tasks.map(({ model }) => model);
    const dynamic = models.filter(({ variants }) =>
      what === "variants" ? variants.length > 1 : variants[0]![what].length > 0,
    );
    expect(dynamic.map((model) => model.name)).toEqual(expected);
  });
});
