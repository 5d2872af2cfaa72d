/**
 * Differential test: XRBench's greedy runtime on the artifact's costs, see docs/references.md#xrbench-runtime.
 * Every row of every golden timeline: same accelerator, same frame, same times to the ns.
 */
import { describe, expect, test } from "vitest";
import { xrbenchLatency } from "../../src/schedulers/xrbench-greedy.ts";
import { referenceFiles, referenceRows, withReference } from "../shared.ts";
import { run, type SmallTask } from "../worlds.ts";

const DURATION_NS = 700e6;
const FPS: Readonly<Record<string, readonly [string, number, string?][]>> = {
  AR_gaming: [
    ["HT_hand_graph_cnn_half", 45],
    ["DE_midas_v21_small", 30],
    ["PD_Plane_RCNN_Quarter", 15],
  ],
  VR_gaming: [
    ["ES_RITNet", 60],
    ["GE_FBNet_C", 60, "ES_RITNet"],
    ["HT_hand_graph_cnn_half", 45],
  ],
  social_interactionA: [
    ["ES_RITNet", 60],
    ["GE_FBNet_C", 60, "ES_RITNet"],
    ["DR_RGBd_200", 30],
    ["HT_hand_graph_cnn_half", 30],
  ],
  social_interactionB: [
    ["ES_RITNet", 60],
    ["GE_FBNet_C", 60, "ES_RITNet"],
    ["AS_ED_TCN", 30],
  ],
};

withReference("xrbench", () => {
  const cases = referenceFiles("xrbench").flatMap((file) => /^timeline-(.*)\.csv$/.exec(file)?.[1] ?? []);
  test("there are golden timelines", () => expect(cases.length).toBeGreaterThan(30));
  describe.each(cases)("xrbench %s", (name) => {
    test("xrbench-latency reproduces every row of the timeline", () => {
      const golden = referenceRows("xrbench", `timeline-${name}.csv`).map((row) => [
        Number(row.AcceleratorID),
        row["Model Name"],
        Number(row["Frame ID"]),
        nsOf(row["Injection Time (ms)"]!),
        nsOf(row["Dispatch Time (ms)"]!),
        nsOf(row["Deadline Time (ms)"]!),
        nsOf(row["Completion Time (ms)"]!),
        Number(row["Energy (mJ)"]).toFixed(6),
      ]);
      const tasks = tasksOf(name);
      const { jobs } = run({ tasks, accelerators: acceleratorsOf(name), durationNs: DURATION_NS }, xrbenchLatency);
      const ours = jobs.flatMap((job) =>
        job.completionNs === undefined
          ? []
          : [
              [
                job.accelerators[0]!,
                tasks[job.taskIndex]!.id,
                job.jobIndex,
                job.frameReleaseNs,
                job.startNs!,
                job.deadlineNs,
                job.completionNs,
                (job.energyPj / 1e9).toFixed(6),
              ],
            ],
      );
      expect(ours.sort(byStart)).toEqual(golden.sort(byStart));
    });
  });
});

type Row = readonly unknown[];
const byStart = (a: Row, b: Row): number => (a[4] as number) - (b[4] as number) || (a[0] as number) - (b[0] as number);

/** "16.666667" ms is a whole number of ns. */
const nsOf = (ms: string): number => Math.round(Number(ms) * 1e6);

const acceleratorsOf = (name: string): number =>
  new Set(referenceRows("xrbench", `costs-${name}.csv`).map((row) => row.accelerator)).size;

function tasksOf(name: string): readonly SmallTask[] {
  const models = FPS[name.split("__")[0]!]!;
  const costs = referenceRows("xrbench", `costs-${name}.csv`);
  return models.map(([model, fps, parent]): SmallTask => {
    const rows = costs.filter((row) => row.model === model);
    const parentIndex = models.findIndex(([other]) => other === parent);
    return {
      id: model,
      layersNs: [rows.map((row) => Number(row.latency_cycles))],
      energyPj: [rows.map((row) => Number(row.energy_nJ) * 1000)],
      release:
        parentIndex < 0
          ? { kind: "periodic", fps, offsetNs: 0, jitterNs: 0 }
          : { kind: "after", taskIndexes: [parentIndex], probability: 1 },
      deadlineNs: 1e9 / fps,
    };
  });
}
