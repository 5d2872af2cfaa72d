/** A suite, for `rtmm show`: its scenarios. */
import type { Scenario } from "../core/scenario.ts";
import type { Description } from "../output/description.ts";
import { left, right } from "../output/text-table.ts";
import type { Suite } from "../scenario/load-suite.ts";
import { scenarioKind } from "../scenario/scenario-kind.ts";
import { fileRecord } from "./file-record.ts";
import { msText } from "./short-figures.ts";
import { titleText } from "./title-text.ts";

/** `scenarios`: those of the suite, in its order. */
export function describeSuite(suite: Suite, path: string, scenarios: readonly Scenario[]): Description {
  const records = scenarios.map((scenario, i) => ({
    name: scenario.name,
    title: scenario.title ?? null,
    scenarioKind: scenarioKind(scenario),
    tasks: scenario.tasks.length,
    durationMs: scenario.durationNs / 1e6,
    file: suite.scenarios[i] ?? null,
  }));
  return {
    record: { ...fileRecord("suite", suite, path), scenarios: records },
    blocks: [
      { kind: "title", text: titleText(suite) },
      {
        kind: "facts",
        facts: [
          ["source", suite.source],
          ["file", path],
        ],
      },
      {
        kind: "table",
        title: "Scenarios",
        columns: [left("scenario"), left("kind"), right("tasks"), right("duration ms")],
        rows: scenarios.map((scenario) => [
          scenario.name,
          scenarioKind(scenario),
          String(scenario.tasks.length),
          msText(scenario.durationNs),
        ]),
      },
    ],
  };
}
