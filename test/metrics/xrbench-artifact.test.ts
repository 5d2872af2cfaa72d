/** Golden timelines and scores of the XRBench artifact: docs/references.md#xrbench-runtime, #xrbench-scores. */
import { expect, test } from "vitest";
import type { JobRecord } from "../../src/core/records.ts";
import { outcomeOf } from "../../src/metrics/tally.ts";
import { referenceFiles, referenceRows, withReference } from "../shared.ts";
import { context, job, mj, ms, scenarioValue, task, totals } from "./world.ts";

const fpsByScenario: Record<string, Record<string, number>> = {
  AR_gaming: { HT_hand_graph_cnn_half: 45, DE_midas_v21_small: 30, PD_Plane_RCNN_Quarter: 15 },
  VR_gaming: { HT_hand_graph_cnn_half: 45, ES_RITNet: 60, GE_FBNet_C: 60 },
  social_interactionA: { ES_RITNet: 60, GE_FBNet_C: 60, DR_RGBd_200: 30, HT_hand_graph_cnn_half: 30 },
  social_interactionB: { ES_RITNet: 60, GE_FBNet_C: 60, AS_ED_TCN: 30 },
};

/** Completed jobs as in the timeline; every frame that it does not hold was dropped. */
function jobsOf(golden: string, tasks: readonly [string, number][]): JobRecord[] {
  const rows = referenceRows("xrbench", `timeline-${golden}.csv`);
  return tasks.flatMap(([model, fps], taskIndex) =>
    Array.from({ length: Math.ceil((700 * fps) / 1000) }, (_, jobIndex) => {
      const row = rows.find((each) => each["Model Name"] === model && Number(each["Frame ID"]) === jobIndex);
      if (row === undefined) return job({ taskIndex, jobIndex, dropReason: "late" });
      const at = (what: string) => Math.round(Number(row[`${what} Time (ms)`]) * ms);
      const times = { releaseNs: at("Injection"), deadlineNs: at("Deadline"), completionNs: at("Completion") };
      return job({ taskIndex, jobIndex, ...times, energyPj: Number(row["Energy (mJ)"]) * mj });
    }),
  );
}

withReference("xrbench", () => {
  const scores = referenceRows("xrbench", "scores.csv").map((row) => [row.case!, Number(row.corrected_score)] as const);

  test("there is a score for every golden timeline", () => {
    const timelines = referenceFiles("xrbench").filter((name) => name.startsWith("timeline-"));
    expect([scores.length, timelines.length]).toEqual([36, 36]);
  });

  test.each(scores)("xrbenchArtifactScore of %s is the corrected run's to its six digits", (golden, expected) => {
    const tasks = Object.entries(fpsByScenario[golden.split("__")[0]!]!);
    const measured = outcomeOf(jobsOf(golden, tasks), totals(), context(tasks.map(([id]) => task(id))));
    const found = scenarioValue("xrbenchArtifactScore", measured) ?? Number.NaN;
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(Math.max(2e-5 * expected, 1e-12));
  });
});
