/** CSV of any tool: columns by name or by the user, runs and repeats. */
import { describe, expect, test } from "vitest";
import { anyColumns, anyCsv, faults, imported, leftOf, rows, tableOf, textOf } from "./profiles.ts";

describe("any CSV", () => {
  test("columns mean what the user says", () => {
    const result = imported({ "net.csv": anyCsv }, { columns: anyColumns });
    expect(tableOf(result).slice(1)).toEqual(["net,npu,conv 1,0.5", 'net,npu,"soft, max",0.025']);
    expect(result.report.left).toEqual([]);
  });

  test("columns of the right names need no map, and the others are told", () => {
    const text = "model,layer,latencyMs,energyMj,colour\na,x,1,0.5,red\na,y,2,0,blue\nb,x,3,,red\n";
    const result = imported({ "net.csv": text });
    expect(tableOf(result)).toEqual([
      "model,accelerator,layer,latencyMs,energyPj",
      "a,device,x,1,500000000",
      "a,device,y,2,0",
      "b,device,x,3,",
    ]);
    expect(leftOf(result)).toEqual([['column "colour"', 1]]);
  });

  test("a column of runs makes distributions", () => {
    const text = "run,layer,latencyMs\n1,a,1\n1,b,2\n2,a,3\n2,b,2\n";
    expect(rows({ "n.csv": text })).toEqual(["n,device,a,2,0.707107", "n,device,b,2,0"]);
  });

  test("names that repeat are layers, or runs if the user says so", () => {
    const text = "layer,latencyMs\na,1\nb,2\na,3\nb,2\n";
    const result = imported({ "n.csv": text });
    expect(tableOf(result)).toHaveLength(5);
    expect(result.report.hints).toEqual([
      "n.csv: the same 2 names occur 2 times in a row; if these are runs: --repeats runs",
    ]);
    expect(rows({ "n.csv": text }, { repeats: "runs" })).toEqual(["n,device,a,2,0.707107", "n,device,b,2,0"]);
  });

  test("rows without layers are runs of the whole", () => {
    const result = imported({ "n.csv": "latencyUs\n1000\n3000\n" });
    expect(textOf(result, "n-device-samples.csv")).toBe("latencyMs\n1\n3\n");
  });
});

test("a range of Nsight Systems is a model, if the user says so", () => {
  const text = "Time (%),Total Time (ns),Instances,Avg (ns),Style,Range\n60.0,6000,10,600,PushPop,detect\n";
  const columns = new Map([
    ["model", "Range"],
    ["latencyNs", "Avg (ns)"],
  ]);
  expect(rows({ "n.csv": text }, { columns })).toEqual(["detect,device,0.0006"]);
});

describe("Triton's perf_analyzer", () => {
  const header =
    "Concurrency,Inferences/Second,Client Send,Server Queue,Server Compute Input,Server Compute Infer,Client Recv";
  const alone = "1,1128.65,10,24,24,598,5";
  const together = "4,1700.2,10,300,24,1900,5";

  test("a model takes what the server computes for one request at a time", () => {
    const result = imported({ "det.csv": `${header}\n${alone}\n${together}\n` });
    expect(tableOf(result)).toEqual(["model,accelerator,latencyMs", "det,server,0.598"]);
    expect(leftOf(result)).toEqual([["load of several requests at once", 1]]);
  });

  test("without such a row it is told, and no file is made", () => {
    expect(faults(`${header}\n${together}\n`).problems).toMatchObject([
      {
        code: "EMPTY_FILE",
        line: 1,
        message: expect.stringMatching(/no row is taken: load of several requests at once/),
      },
    ]);
  });
});
