/** `rtmm cost` as a function of arguments and streams. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { builtIns } from "../../src/files/built-ins.ts";
import { repository } from "../repository.ts";
import { referenceRows, referenceText, withReference } from "../shared.ts";
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
    ["an unknown format", ["ritnet", "-f", "xml"], 'unknown format "xml"; known: table, json, csv, markdown'],
    ["a model that the system cannot run", ["a.yaml", "-S", "other.yaml"], "a"],
  ])("%s is refused", async (_, argv, message) => {
    const other = "name: o\ncosts: table\ntable: o.csv\naccelerators:\n  - { id: npu }\n";
    const cwd = folderWith({ ...small, "other.yaml": other, "o.csv": "model,accelerator,latencyMs\nz,npu,1\n" });
    const { code, stdout, stderr } = await call(["cost", ...argv], { cwd });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

// What the artifact printed for ws, 4096 PEs and 256 elements a cycle.
withReference("maestro-golden.csv", () => {
  const golden = referenceRows("maestro-golden.csv").filter(
    ({ dataflow, num_pes, noc_bw }) => dataflow === "WS" && num_pes === "4096" && noc_bw === "256",
  );
  const sourceOf = ({ scenario_model }: GoldenRow) => scenario_model!.split("/") as [scenario: string, network: string];
  const scenarios = [...new Set(golden.map((row) => sourceOf(row)[0]))];

  test("336 rows of the artifact belong to five of its scenarios, and to a network that stands in none", () => {
    expect([golden.length, scenarios.length, scenarios.includes("synthetic")]).toEqual([336, 6, true]);
  });

  describe.each(scenarios)("%s", (scenario) => {
    const rows = golden.filter((row) => sourceOf(row)[0] === scenario);
    const workload = () =>
      scenario === "synthetic"
        ? networkText(sourceOf(rows[0]!)[1], rows)
        : referenceText("xrbench-artifact/usage_scenarios", `${scenario}.m`);

    test("costs, imported, what the artifact printed, to the last digit", async () => {
      const cwd = folderWith({ "workload.m": workload() });
      expect(await call(["import", "maestro", "workload.m", "-o", "."], { cwd })).toMatchObject({ code: 0 });
      const { stdout } = await call(["cost", "workload.yaml", "-S", "fda-1-ws-4k", "-f", "csv"], { cwd });
      const networks = new Map(readdirSync(cwd).map((file) => [file.replace(/\.yaml$/, ""), titleIn(join(cwd, file))]));
      const costs = new Map(
        rowsOf(stdout).map(({ model, layer, cycles, energyNj }) => [
          `${scenario}/${networks.get(model!)}/${layer}`,
          [cycles, energyNj],
        ]),
      );
      const ofRow = (row: GoldenRow) => `${row.scenario_model}/${row.layer}`;
      expect(rows.map((row) => [ofRow(row), costs.get(ofRow(row))])).toEqual(
        rows.map((row) => [ofRow(row), [row.latency_cycles, row.energy]]),
      );
    });
  });
});

type GoldenRow = Readonly<Record<string, string>>;

/** Imported models keep the network's name as it was written. */
const titleIn = (path: string): string | undefined => /^title: (.*)$/m.exec(readFileSync(path, "utf8"))?.[1];

/** As the artifact writes a network. */
function networkText(name: string, rows: readonly GoldenRow[]): string {
  const sizesOf = (row: GoldenRow) =>
    ["N", "K", "C", "Y", "X", "R", "S"].map((size) => `${size}: ${row[size]}`).join(", ");
  const layers = rows.map((row) => `Layer ${row.layer} { Type: ${row.type} Dimensions: { ${sizesOf(row)} } }`);
  return `Network ${name} {\nFPS: 30\n${layers.join("\n")}\n}\n`;
}
