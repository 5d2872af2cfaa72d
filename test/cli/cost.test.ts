/** `rtmm cost` as a function of arguments and streams. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { builtIns } from "../../src/files/built-ins.ts";
import { repository } from "../repository.ts";
import { referenceFiles, referencePath, referenceRows, withReference } from "../shared.ts";
import { call, folderWith, small } from "./call.ts";

const modelNames = builtIns("model").map(({ name }) => name);
const measured = modelNames.filter((name) =>
  new RegExp(`^${name},`, "m").test(readFileSync(join(repository, "hardware/measured-xr-soc.csv"), "utf8")),
);
const rowsOf = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[];

async function fits(model: string, system: string): Promise<void> {
  const { code, stdout, stderr } = await call(["cost", model, "-S", system]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/^total /m);
}

describe("rtmm cost", () => {
  test.each(modelNames)("%s fits 80 columns on four accelerators", (model) => fits(model, "hda-4-ws-os-4k"));
  test.each(measured)("%s fits 80 columns on systems of other cost models", async (model) => {
    await fits(model, "xr-soc-2");
    await fits(model, "measured-xr-soc");
  });
  test.each(modelNames.filter((model) => !measured.includes(model)))(
    "%s, which nobody measured, is refused on a measured system",
    async (model) => {
      const { code, stdout, stderr } = await call(["cost", model, "-S", "measured-xr-soc"]);
      expect([code, stdout]).toEqual([2, ""]);
      // One line a variant.
      for (const line of stderr.trimEnd().split("\n")) {
        expect(line).toMatch(`system "measured-xr-soc": no accelerator can run model ${model}`);
      }
    },
  );

  test("carries full precision in CSV, and nJ with six decimals", async () => {
    const { stdout } = await call(["cost", "res8-narrow", "--system", "fda-1-ws-4k", "--format", "csv"]);
    const [first] = rowsOf(stdout);
    expect(first).toMatchObject({ model: "res8-narrow", variant: "original", accelerator: "ws", macs: "670320" });
    expect(first).toMatchObject({ latencyNs: "21168", cycles: "21168", energyNj: "18839.785536", bound: "compute" });
    expect(Number(first!.energyPj) / 1000).toBeCloseTo(18839.785536, 9);
  });

  test("prints the same in JSON, with sums", async () => {
    const { stdout } = await call(["cost", "res8-narrow", "-S", "hda-2-ws-os-4k", "-f", "json"]);
    const { system, models, layers, totals } = JSON.parse(stdout);
    expect([system, models]).toEqual(["hda-2-ws-os-4k", ["res8-narrow"]]);
    for (const total of totals) {
      const own = layers.filter((each: { accelerator: string }) => each.accelerator === total.accelerator);
      expect(total.latencyNs).toBe(own.reduce((sum: number, each: { latencyNs: number }) => sum + each.latencyNs, 0));
    }
    expect(totals).toHaveLength(2);
  });

  test("prints Markdown", async () => {
    const { stdout } = await call(["cost", "res8-narrow", "-S", "fda-1-ws-4k", "-f", "markdown"]);
    expect(stdout).toContain("### res8-narrow on ws (ws, 4096 PEs, maestro costs)\n\n| layer | latency ms |");
  });

  test("takes a scenario for all its models, each once", async () => {
    const { stdout } = await call(["cost", "small.yaml", "-S", "soc.yaml", "-f", "csv"], { cwd: folderWith(small) });
    expect(rowsOf(stdout).map(({ model, layer, latencyNs, macs }) => [model, layer, latencyNs, macs])).toEqual([
      ["a", "whole model", "1000000", ""],
      ["b", "whole model", "1500000", ""],
      ["c", "whole model", "300000", ""],
    ]);
  });

  test.each<[string, string[], string]>([
    ["an unknown model", ["ritnett"], 'did you mean "ritnet"?'],
    ["an unknown system", ["ritnet", "-S", "fda"], 'unknown system "fda"'],
    ["an unknown format", ["ritnet", "-f", "xml"], "Allowed choices"],
    ["a model that the system cannot run", ["a.yaml", "-S", "other.yaml"], "a"],
  ])("%s is refused", async (_, argv, message) => {
    const other = "name: o\ncosts: table\ntable: o.csv\naccelerators:\n  - { id: npu }\n";
    const cwd = folderWith({ ...small, "other.yaml": other, "o.csv": "model,accelerator,latencyMs\nz,npu,1\n" });
    const { code, stdout, stderr } = await call(["cost", ...argv], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

withReference("xrbench-artifact", () => {
  test("imported models cost what the artifact printed, to the last digit", async () => {
    const golden = new Map(
      referenceRows("maestro-golden.csv")
        .filter((row) => row.dataflow === "WS" && row.num_pes === "4096" && row.noc_bw === "256")
        .map((row) => [`${row.scenario_model}/${row.layer}`, [row.latency_cycles, row.energy]]),
    );
    let compared = 0;
    for (const file of referenceFiles("xrbench-artifact/usage_scenarios")) {
      const scenario = file.replace(/\.m$/, "");
      const cwd = folderWith({});
      const source = referencePath("xrbench-artifact/usage_scenarios", file);
      expect(await call(["import", "maestro", source, "-o", "."], { cwd })).toMatchObject({ code: 0, stdout: "" });
      const yaml = `${scenario
        .replace(/([a-z])([AB])$/, "$1-$2")
        .toLowerCase()
        .replaceAll("_", "-")}.yaml`;
      const { stdout } = await call(["cost", join(cwd, yaml), "-S", "fda-1-ws-4k", "-f", "csv"], { cwd });
      for (const [key, expected] of golden) {
        const [where, model, layer] = key.split("/");
        if (where !== scenario) continue;
        const row = rowsOf(stdout).find(
          (each) => each.model === model!.toLowerCase().replaceAll("_", "-") && each.layer === layer,
        );
        if (row === undefined) continue;
        expect([row.cycles, row.energyNj]).toEqual(expected);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  }, 60_000);
});
