/** Sensors of unlike rates that meet, as in the ROS 2 reference system and in ILLIXR: hot paths, warps, fused maps. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/index.ts";
import { withCase } from "../shared.ts";

withCase("9-multirate-fusion", (folder) => {
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const on = (system: string, table: string) => ({ system: { yaml: read(system) }, files: { [table]: read(table) } });

  test("the hot path of five stages of 10 ms takes 50.00 ms", async () => {
    const { metrics } = await run({ scenario: { yaml: read("hot.yaml") }, ...on("cpu4.yaml", "cpu4.csv") });
    expect(metrics.endToEndMaxMs).toBeCloseTo(50, 2);
  });

  test("a map of another rate is read instead of joined", async () => {
    const joined = read("ndt.yaml");
    const yaml = joined.replace("after: { tasks: [voxel, mapload] }", "after: voxel, reads: mapload");
    expect(yaml).not.toBe(joined);
    const { tasks } = await run({ scenario: { yaml }, ...on("cpu4.yaml", "cpu4.csv"), audit: "on" });
    const ndt = tasks.find(({ id }) => id === "ndt")!;
    expect([ndt.released, ndt.completed, ndt.emptyReads]).toEqual([50, 50, 1]);
    // The first map is there after 20 ms, and the first lidar frame after 10.
    expect(ndt.reads![0]).toMatchObject({ task: "mapload", reads: 50 });
    // Maps come every 120 ms and are there 20 ms later; one is read 10 ms after its lidar frame and used for 10 ms.
    expect(ndt.reads![0]!.ageMaxMs).toBeLessThanOrEqual(120 + 20 + 10);
  });

  describe("a warp at 120 Hz that reads the newest of the 500 Hz poses", () => {
    const yaml = read("illixr.yaml").replace("after: pose, fps: 120", "fps: 120, reads: pose, display: true");
    test("runs 120 times a second, and shows the newest pose that was ready", async () => {
      const { tasks, metrics } = await run({ scenario: { yaml }, ...on("soc.yaml", "t.csv"), audit: "on" });
      const warp = tasks.find(({ id }) => id === "warp")!;
      expect([warp.released, warp.completed]).toEqual([600, 600]);
      expect(metrics.motionToPhotonMs).toBe(warp.ageMeanMs);
      // By hand: a pose of 2 j ms is ready at 2 j + 0.3 ms; the warp of k / 120 s takes the newest, for 2 ms.
      const ages = Array.from({ length: 600 }, (_, k) => Math.round((k * 1e9) / 120)).flatMap((startNs) => {
        const j = Math.floor((startNs - 300_000) / 2_000_000);
        return j < 0 ? [] : [startNs + 2_000_000 - j * 2_000_000];
      });
      const meanNs = ages.reduce((sum, age) => sum + age, 0) / ages.length;
      expect(ages).toHaveLength(599);
      expect(warp.ageMeanMs).toBeCloseTo(meanNs / 1e6, 9);
      expect(warp.ageMaxMs).toBe(Math.max(...ages) / 1e6);
      expect(warp.emptyReads).toBe(1);
      // Of 2500 poses, each warp takes another one.
      expect(metrics.unreadShare).toBe((2500 - 599) / 2500);
    });
  });
});
