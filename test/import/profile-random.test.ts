/** Random profiles: no time is lost, none is made up, and what is written loads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRecords } from "../../src/input/csv-records.ts";
import { loadModel } from "../../src/scenario/load-model.ts";
import { loadSystem } from "../../src/system/load-system.ts";
import { memoryFiles } from "../input/memory-files.ts";
import { propertyRuns } from "../property-runs.ts";
import { type Imported, imported, ortTrace, tableOf } from "./profiles.ts";

/** Few names, so that they repeat. */
const layerName = fc.constantFrom("a", "b c", "[d]:1", "e,f", 'g"h');
const layers = fc.array(fc.record({ name: layerName, us: fc.nat(5000) }), { minLength: 1, maxLength: 12 });

interface Row {
  readonly layer: string;
  readonly latencyMs: number;
}

function rowsOf(result: Imported): readonly Row[] {
  const records = csvRecords(tableOf(result).join("\n"));
  if ("message" in records) throw new Error(records.message);
  const [header, ...rows] = records.map(({ cells }) => cells);
  const cell = (row: readonly string[], column: string) => row[header!.indexOf(column)]!;
  return rows.map((row) => ({ layer: cell(row, "layer"), latencyMs: Number(cell(row, "latencyMs")) }));
}

function expectLoads({ files }: Imported): void {
  const inMemory = memoryFiles(Object.fromEntries(files.map(({ fileName, text }) => [fileName, text])));
  for (const { kind, fileName } of files) {
    if (kind === "model") loadModel(fileName, inMemory);
    if (kind === "system") loadSystem(fileName, inMemory);
  }
}

describe("random traces of ONNX Runtime", () => {
  /** Runs of the same nodes, each with its own times. */
  const traces = layers.chain((nodes) =>
    fc.tuple(
      fc.constant(nodes.map(({ name }) => name)),
      fc.array(fc.array(fc.nat(5000), { minLength: nodes.length, maxLength: nodes.length }), {
        minLength: 1,
        maxLength: 5,
      }),
    ),
  );

  const textOf = (names: readonly string[], runs: readonly (readonly number[])[]) => {
    let ts = 10;
    return ortTrace(
      runs.map((times) => {
        const start = ts;
        const nodes = names.map((name, i) => {
          const node = { name, ts, dur: times[i]! };
          ts += times[i]! + 1;
          return node;
        });
        return { ts: start, dur: ts - start, nodes };
      }),
    );
  };

  test("each node is a layer in its place, with the mean of its runs", () => {
    fc.assert(
      fc.property(traces, ([names, runs]) => {
        const result = imported({ "net.json": textOf(names, runs) });
        const rows = rowsOf(result);
        expect(rows.map(({ layer }) => layer)).toEqual(names);
        rows.forEach(({ latencyMs }, i) => {
          const mean = runs.reduce((sum, times) => sum + times[i]!, 0) / runs.length;
          expect(latencyMs).toBeCloseTo(mean / 1000, 6);
        });
        expectLoads(result);
      }),
      propertyRuns(100),
    );
  });

  test("the order of the events in the file does not matter", () => {
    fc.assert(
      fc.property(traces, fc.integer(), ([names, runs], seed) => {
        const events = JSON.parse(textOf(names, runs)) as object[];
        const shuffled = [...events].sort((a, b) => hash(a, seed) - hash(b, seed));
        const kept = rowsOf(imported({ "net.json": JSON.stringify(events) }));
        // Nodes of 0 us at one instant have no order but that of the file.
        fc.pre(runs.every((times) => times.every((us) => us > 0)));
        expect(rowsOf(imported({ "net.json": JSON.stringify(shuffled) }))).toEqual(kept);
      }),
      propertyRuns(50),
    );
  });
});

const hash = (event: object, seed: number): number =>
  [...JSON.stringify(event)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 65_537, 7);

describe("random tables of TFLite", () => {
  const tableText = (rows: readonly { readonly name: string; readonly us: number }[], separator: "text" | "csv") => {
    const total = rows.reduce((sum, { us }) => sum + us, 0) || 1;
    let before = 0;
    const lines = rows.map(({ name, us }) => {
      before += us;
      const [share, cdf] = [us, before].map((part) => `${((100 * part) / total).toFixed(3)}%`);
      const cells = ["CONV_2D", "0.100", (us / 1000).toFixed(3), share!, cdf!, "0.000", "1"];
      return separator === "text"
        ? `\t${cells.join("\t ")}\t${name}`
        : `${cells.join(", ")}, ${name.replaceAll(",", "\t")}`;
    });
    const header =
      separator === "text"
        ? "\t[node type]\t[first]\t[avg ms]\t[%]\t[cdf%]\t[mem KB]\t[times called]\t[Name]"
        : "node type, first, avg_ms, %, cdf%, mem KB, times called, name";
    const title = "============================== Run Order ==============================";
    return `${title}\n${header}\n${lines.join("\n")}\n\nNumber of nodes executed: ${rows.length}\n`;
  };

  test.each(["text", "csv"] as const)("as %s give every operator its time", (separator) => {
    fc.assert(
      fc.property(layers, (rows) => {
        const result = imported({ "net.txt": tableText(rows, separator) });
        expect(rowsOf(result)).toEqual(rows.map(({ name, us }) => ({ layer: name, latencyMs: us / 1000 })));
        expectLoads(result);
      }),
      propertyRuns(100),
    );
  });
});
