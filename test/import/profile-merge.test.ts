/** Several profiles of one model, and profiles of a network that is a model already. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ratesOf } from "../../src/import/index.ts";
import { imported, leftOf, ort, rows, tableOf, textOf, tfliteOld, trtProfile } from "./profiles.ts";

const csv = (times: Readonly<Record<string, number>>) =>
  `layer,latencyMs\n${Object.entries(times)
    .map(([layer, ms]) => `${layer},${ms}\n`)
    .join("")}`;

const kws = { models: [{ name: "kws" }] };

describe("several profiles of a model", () => {
  test("with the same layers on each accelerator are rows of one table", () => {
    const texts = { "cpu.csv": csv({ a: 4, b: 2 }), "npu.csv": csv({ a: 1, b: 0.5 }) };
    const accelerators = [
      { name: "CPU, 4 cores", files: ["cpu.csv"] },
      { name: "npu", files: ["npu.csv"] },
    ];
    const result = imported(texts, { ...kws, accelerators, name: "phone", rates: ratesOf(["30"]) });
    expect(tableOf(result).slice(1)).toEqual([
      "kws,cpu-4-cores,a,4",
      "kws,cpu-4-cores,b,2",
      "kws,npu,a,1",
      "kws,npu,b,0.5",
    ]);
    expect(parse(textOf(result, "phone-system.yaml")).accelerators).toEqual([
      { id: "cpu-4-cores", title: "CPU, 4 cores", preemption: ["drain"] },
      { id: "npu", preemption: ["drain"] },
    ]);
    expect(parse(textOf(result, "phone.yaml")).tasks).toEqual([{ id: "kws", model: "kws", fps: 30 }]);
    expect(result.report.totals).toMatchObject([{ layers: 2, measured: [{ latencyNs: 6e6 }, { latencyNs: 1.5e6 }] }]);
  });

  test("with other layers on each accelerator are one piece, which is told", () => {
    const texts = { "kws.txt": tfliteOld, "kws.json": trtProfile };
    const result = imported(texts, kws);
    expect(tableOf(result)).toEqual(["model,accelerator,latencyMs", "kws,cpu,1.591", "kws,gpu,0.04"]);
    expect(leftOf(result)).toContainEqual(["layer of kws", 6]);
  });

  test("are one piece if one of them has no layers", () => {
    const texts = { "a.csv": csv({ a: 4, b: 2 }), "b.csv": "latencyMs\n1\n" };
    const accelerators = [
      { name: "cpu", files: ["a.csv"] },
      { name: "npu", files: ["b.csv"] },
    ];
    expect(rows(texts, { ...kws, accelerators })).toEqual(["kws,cpu,6", "kws,npu,1"]);
  });

  test("on the same accelerator are runs", () => {
    const texts = { "1.csv": csv({ a: 1, b: 2 }), "2.csv": csv({ a: 3, b: 2 }) };
    expect(rows(texts, kws)).toEqual(["kws,device,a,2,0.707107", "kws,device,b,2,0"]);
  });

  test("on the same accelerator but with other layers are refused", () => {
    const texts = { "1.csv": csv({ a: 1, b: 2 }), "2.csv": csv({ a: 3, c: 2 }) };
    expect(() => imported(texts, kws)).toThrow(
      "1.csv and 2.csv are profiles of kws on the same accelerator, but with other layers (c only in the second)",
    );
  });

  test("without a name of the model are models of their files", () => {
    const texts = { "x/Face Net.json": ort, "kws.txt": tfliteOld };
    const result = imported(texts, { rates: ratesOf(["kws=10"]) });
    expect(result.files.map(({ fileName }) => fileName)).toEqual([
      "face-net.yaml",
      "kws.yaml",
      "profile-system.csv",
      "profile-system.yaml",
      "profile.yaml",
    ]);
    expect(leftOf(result)).toContainEqual(["model in no task", 1]);
  });

  test("a scenario of the same name as a model gets another one", () => {
    const result = imported({ "kws.txt": tfliteOld }, { name: "kws", rates: ratesOf(["30"]) });
    expect(result.files.map(({ fileName }) => fileName)).toContain("kws-scenario.yaml");
  });

  test.each([
    ["an unknown file", [{ name: "npu", files: ["npu.cvs"] }], "no file is called npu.cvs"],
    [
      "two names for one file",
      [
        { name: "npu", files: ["npu.csv"] },
        { name: "cpu", files: ["npu.csv"] },
      ],
      "npu.csv is given to npu and to cpu",
    ],
  ])("%s is refused", (_, accelerators, message) => {
    expect(() => imported({ "npu.csv": csv({ a: 1 }) }, { accelerators })).toThrow(message);
  });
});

describe("a network that is a model already", () => {
  const network = { name: "net", path: "../net.yaml", layerNames: ["conv1", "relu1", "fc"] };

  test("gets the costs of its layers by name, and is not written again", () => {
    const text = csv({ fc: 3, "[relu1]:1": 2, CONV1: 1 });
    const result = imported({ "p.csv": text }, { network, name: "soc", rates: ratesOf(["30"]) });
    expect(tableOf(result).slice(1)).toEqual(["net,device,conv1,1", "net,device,relu1,2", "net,device,fc,3"]);
    expect(result.files.map(({ kind }) => kind)).toEqual(["table", "system", "scenario"]);
    expect(parse(textOf(result, "soc.yaml")).tasks).toEqual([{ id: "net", model: "../net.yaml", fps: 30 }]);
  });

  test("or in order, if no name is equal and there are as many layers", () => {
    expect(rows({ "p.csv": csv({ x: 1, y: 2, z: 3 }) }, { network })).toEqual([
      "net,device,conv1,1",
      "net,device,relu1,2",
      "net,device,fc,3",
    ]);
    expect(() => imported({ "p.csv": csv({ x: 1 }) }, { network })).toThrow("p.csv has 1 layers and net has 3");
  });

  test("a map names what differs; several layers add up, and an empty cell leaves one out", () => {
    const map = new Map([
      ["reformat", "conv1"],
      ["copy", undefined],
    ]);
    const text = csv({ reformat: 0.5, conv1: 1, relu1: 2, fc: 3, copy: 4 });
    const result = imported({ "p.csv": text }, { network, join: { map } });
    expect(tableOf(result).slice(1)).toEqual(["net,device,conv1,1.5", "net,device,relu1,2", "net,device,fc,3"]);
    expect(leftOf(result)).toEqual([["layer of the profile", 1]]);
  });

  test("layers that the profile lacks were fused only if the user says so", () => {
    const text = csv({ conv1: 1, fc: 3 });
    expect(() => imported({ "p.csv": text }, { network })).toThrow(
      "p.csv has no time of 1 of the 3 layers of net: relu1. If they were fused into others, --fused gives them 0 ms",
    );
    const result = imported({ "p.csv": text }, { network, join: { fused: true } });
    expect(tableOf(result).slice(1)).toEqual(["net,device,conv1,1", "net,device,relu1,0", "net,device,fc,3"]);
    expect(leftOf(result)).toEqual([["layer of net without a time", 1]]);
  });

  test("names that it does not have are refused, with the nearest one", () => {
    expect(() => imported({ "p.csv": csv({ conv1: 1, relu9: 2 }) }, { network })).toThrow(
      "1 layers are not in net: relu9",
    );
    const map = new Map([["relu9", "relu"]]);
    expect(() => imported({ "p.csv": csv({ conv1: 1, relu9: 2 }) }, { network, join: { map } })).toThrow(
      '--map: net has no layer "relu"; did you mean "relu1"?',
    );
  });

  test("names that repeat are one layer only if a map says so", () => {
    const text = "layer,latencyMs\nconv1,1\nrelu1,1\nrelu1,2\nfc,3\n";
    expect(() => imported({ "p.csv": text }, { network })).toThrow(
      "p.csv: several layers are called relu1, as relu1 of the network; join by order, or say with --map",
    );
    const map = new Map([["relu1", "relu1"]]);
    expect(rows({ "p.csv": text }, { network, join: { map } })).toContain("net,device,relu1,3");
  });

  test("runs of layers that are one layer add up run by run", () => {
    const map = new Map([
      ["conv1", "conv1"],
      ["relu1", "conv1"],
    ]);
    const result = imported({ "p.json": ort }, { network: { ...network, layerNames: ["conv1"] }, join: { map } });
    // 50 and 30 us: mean 40, standard deviation sqrt(200).
    expect(tableOf(result).slice(1)).toEqual(["net,cpu,conv1,0.04,0.353553"]);
  });
});
