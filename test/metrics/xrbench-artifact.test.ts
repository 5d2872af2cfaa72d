import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { context, job, mj, ms, scenarioValue, task, totals } from "./world.ts";

/** Golden timelines and scores of the XRBench artifact: docs/references.md#xrbench-runtime, #xrbench-scores. */
const folder = new URL("../../../shared/reference/xrbench/", import.meta.url);
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`skipped: no golden XRBench timelines at ${folder.pathname}`);

const fpsByScenario: Record<string, Record<string, number>> = {
  AR_gaming: { HT_hand_graph_cnn_half: 45, DE_midas_v21_small: 30, PD_Plane_RCNN_Quarter: 15 },
  VR_gaming: { HT_hand_graph_cnn_half: 45, ES_RITNet: 60, GE_FBNet_C: 60 },
  social_interactionA: { ES_RITNet: 60, GE_FBNet_C: 60, DR_RGBd_200: 30, HT_hand_graph_cnn_half: 30 },
  social_interactionB: { ES_RITNet: 60, GE_FBNet_C: 60, AS_ED_TCN: 30 },
};

const rowsOf = (name: string): string[][] =>
  readFileSync(new URL(name, folder), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));

/** Completed jobs as in the timeline; every frame that it does not hold was dropped. */
function jobsOf(golden: string, tasks: readonly [string, number][]): JobRecord[] {
  const rows = rowsOf(`timeline-${golden}.csv`);
  return tasks.flatMap(([model, fps], taskIndex) =>
    Array.from({ length: Math.ceil((700 * fps) / 1000) }, (_, jobIndex) => {
      const row = rows.find((fields) => fields[1] === model && Number(fields[2]) === jobIndex);
      if (row === undefined) return job({ taskIndex, jobIndex, dropReason: "late" });
      const at = (column: number) => Math.round(Number(row[column]) * ms);
      const energyPj = Number(row[8]) * mj;
      return job({ taskIndex, jobIndex, releaseNs: at(3), deadlineNs: at(5), completionNs: at(6), energyPj });
    }),
  );
}

describe.skipIf(!isPresent)("the artifact's golden scores", () => {
  const scores = isPresent ? rowsOf("scores.csv").map(([golden = "", score]) => [golden, Number(score)] as const) : [];

  test("there is a score for every golden timeline", () => {
    expect(scores.length).toBe(readdirSync(folder).filter((name) => name.startsWith("timeline-")).length);
  });

  test.each(scores)("xrbenchArtifactScore of %s is the corrected run's to its six digits", (golden, expected) => {
    const tasks = Object.entries(fpsByScenario[golden.split("__")[0] ?? ""] ?? {});
    const measured = outcomeOf(jobsOf(golden, tasks), totals(), context(tasks.map(([id]) => task(id))));
    const found = scenarioValue("xrbenchArtifactScore", measured) ?? Number.NaN;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(2e-5 * expected, 1e-12));
  });
});
