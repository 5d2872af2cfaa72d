/** What all importers share: ids from free text, YAML and CSV files. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { csvFile } from "../../src/import/csv-file.ts";
import { distinctNames, idsOf, kebabCase } from "../../src/import/ids.ts";
import { onOneLine, yamlFile } from "../../src/import/yaml-file.ts";
import { csvRecords } from "../../src/input/csv-records.ts";
import { propertyRuns } from "../property-runs.ts";

describe("ids", () => {
  test.each([
    ["XR2 Gen 2 (Proxy)", "xr2-gen-2-proxy"],
    ["ES_RITNet", "es-ritnet"],
    ["MobilenetV1/Conv2d_0/Relu6", "mobilenet-v1-conv2d-0-relu6"],
    ["Café Über", "cafe-uber"],
    ["---", "model-1"],
    ["模型", "model-1"],
  ])("%s becomes %s", (title, id) => expect(idsOf([title], "model")).toEqual([id]));

  test("are distinct, also from those that are taken", () => {
    expect(idsOf(["NPU", "npu", "!"], "accelerator", ["npu"])).toEqual(["npu-2", "npu-3", "accelerator-3"]);
  });

  test("are ids of rtmm's files, whatever the text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 200 })), (titles) => {
        const ids = idsOf(titles, "thing");
        for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(new Set(ids).size).toBe(titles.length);
      }),
      propertyRuns(200),
    );
  });

  test("keep an id that is one", () => {
    expect(kebabCase("res8-narrow", "x")).toBe("res8-narrow");
    expect(distinctNames(["a", "a", "a-2"])).toEqual(["a", "a-2", "a-2-2"]);
  });
});

describe("files", () => {
  test("a YAML file says its schema, its sources and remarks, and escapes control characters in them", () => {
    const { text, fileName, kind } = yamlFile(
      { name: "net", layers: [onOneLine({ type: "fc", out: 2 }, "a\u001b[31m")] },
      { schema: "model", sources: ["a/x\n.m"], format: "some format", remarks: ["measured"] },
      { schemaFolder: "s" },
    );
    expect([kind, fileName]).toEqual(["model", "net.yaml"]);
    expect(text.split("\n")).toEqual([
      "# yaml-language-server: $schema=s/model.schema.json",
      "# Imported from x?.m (some format).",
      "# measured",
      "name: net",
      "layers:",
      "  - { type: fc, out: 2 } # a?[31m",
      "",
    ]);
    expect(parse(text)).toEqual({ name: "net", layers: [{ type: "fc", out: 2 }] });
  });

  test("a CSV file reads back as it was, whatever the cells", () => {
    const cell = fc.string({ minLength: 1 }).filter((text) => !text.includes("\r"));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const { text } = csvFile({ kind: "table", name: "t", columns: ["a", "b"], rows });
        const records = csvRecords(text);
        if ("message" in records) throw new Error(records.message);
        // Records of blanks only are no rows of a table.
        const filled = rows.filter((row) => row.some((each) => each.trim() !== ""));
        expect(records.slice(1).map(({ cells }) => cells)).toEqual(filled);
      }),
      propertyRuns(200),
    );
  });

  test("an unknown value is an empty cell, never 0", () => {
    const rows = [["x", undefined, 0]];
    expect(csvFile({ kind: "table", name: "t", columns: ["a", "b", "c"], rows }).text).toBe("a,b,c\nx,,0\n");
  });
});
