/** `--require`: what a run or a comparison must meet. */
import { describe, expect, test } from "vitest";
import { small } from "./call.ts";
import { compareSmall, inSmall, runSmall } from "./in-small.ts";

/** Of `small`, worked by hand in run.test.ts: 3 of 6 jobs in time, camera's responses 1.3 and 1.8 ms. */
const met = ["--require", "slaSatisfaction>=50%,tasks.camera.maxMs<=1.8", "--require", "accelerators.npu.energyMj<6"];

describe("run --require", () => {
  test("ends with 0 where all are met, and says so on stderr", async () => {
    const { code, stderr } = await runSmall(...met);
    expect(stderr).toContain("slaSatisfaction>=50%: met, 50.00 % (small on soc, edf, seed 1)\n");
    expect(stderr).toContain("tasks.camera.maxMs<=1.8: met, 1.800 ms (small on soc, edf, seed 1)\n");
    expect(stderr).toContain("accelerators.npu.energyMj<6: met, 5.100 mJ (small on soc, edf, seed 1)\n");
    expect(code).toBe(0);
  });

  test("ends with 3 where one is not, after the same output", async () => {
    const plain = await runSmall("-f", "json");
    const { code, stdout, stderr } = await runSmall(...met, "--require", "tasks.camera.maxMs<1.8", "-f", "json");
    expect(code).toBe(3);
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toContain("tasks.camera.maxMs<1.8: not met, 1.800 ms (small on soc, edf, seed 1)\n");
  });

  test("takes nothing to measure as not met", async () => {
    const { code, stderr } = await runSmall("--require", "tasks.touch.maxMs<=1000");
    expect(code).toBe(3);
    expect(stderr).toContain("tasks.touch.maxMs<=1000: not met, nothing to measure (");
  });

  test("of a task is about the scenarios that have it", async () => {
    const other = small["small.yaml"].replace("name: small", "name: other").replaceAll("camera", "lens");
    const files = { ...small, "other.yaml": other };
    const argv = ["run", "small.yaml", "other.yaml", "-S", "soc", "--require"];
    const { code, stderr } = await inSmall([...argv, "tasks.camera.maxMs<=1.8,slaSatisfaction>0.5"], files);
    expect(stderr).toContain("tasks.camera.maxMs<=1.8: met, 1.800 ms (small on soc, edf, seed 1)");
    expect(stderr.replace(/\n +/g, " ")).toContain(
      "slaSatisfaction>0.5: not met in 2 of 2 runs, worst 50.00 % (other on soc, edf, seed 1)",
    );
    expect(code).toBe(3);
  });

  test.each([
    ["slaSatisfacton>=0.5", 'did you mean "slaSatisfaction"?'],
    ["tasks.camra.p99Ms<=2", 'task "camra", which no run has; did you mean "camera"?'],
    ["accelerators.gpu.utilisation<=0.2", 'accelerator "gpu", which no run has; did you mean "npu"?'],
    ["p99Ms", "in quotes because the shell uses < and >"],
  ])("refuses %s before anything is run", async (text, message) => {
    const { code, stdout, stderr } = await runSmall("--require", text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("tells all of several mistakes", async () => {
    const { stderr } = await runSmall("--require", "p98Ms<1", "--require", "p99Ms<x");
    expect(stderr).toContain('"p98Ms"');
    expect(stderr).toContain('"x"');
  });

  test("a run that fails wins over a requirement that is not met", async () => {
    const files = {
      ...small,
      "other.yaml": small["small.yaml"].replace("name: small", "name: other"),
      "late.mjs": `let runs = 0;
export default {
  name: "late", summary: "", source: "", parameters: [],
  create: () => {
    if (++runs > 1) throw new Error("tired");
    return { lateDrop: true, decide: (v, d) => d.run(v.readyJobs.first, v.idleAccelerators[0]) };
  },
};
`,
    };
    const argv = ["run", "small", "other.yaml", "-S", "soc", "-s", "./late.mjs"];
    const { code, stderr } = await inSmall([...argv, "--require", "slaSatisfaction>=1"], files);
    expect(stderr).toContain("slaSatisfaction>=1: not met");
    expect(stderr).toContain("tired");
    expect(code).toBe(1);
  });
});

describe("compare --require", () => {
  test("is about every scheduler and seed", async () => {
    const { code, stderr } = await compareSmall("--require", "slaSatisfaction>=0.5", "--require", "dropped<=0");
    expect(code).toBe(3);
    expect(stderr.replace(/\n +/g, " ")).toContain("slaSatisfaction>=0.5: not met in 2 of 4 runs, worst");
    expect(stderr.replace(/\n +/g, " ")).toContain(
      "dropped<=0: not met in 2 of 4 runs, worst 1 (small on soc, edf, seed 1)",
    );
  });

  test("ends with 0 where all meet it, and with 2 where it cannot be judged", async () => {
    expect((await compareSmall("--require", "slaSatisfaction>=0.1")).code).toBe(0);
    expect((await compareSmall("--require", "tasks.x.slaSatisfaction>=0.1")).code).toBe(2);
  });
});
