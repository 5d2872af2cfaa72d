/** Profiles of RKNN, ncnn and MNN, by hand. */
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/input/problem.ts";
import { faults, imported, leftOf, rknn, rknnHeader, rknnRule, rows, tableOf } from "./profiles.ts";

describe("RKNN", () => {
  test("a row is a layer on its target, also without a full name", () => {
    expect(rows({ "net.txt": rknn })).toEqual([
      "net,cpu,InputOperator:input,0.004",
      "net,npu,Conv:2,0.39",
      "net,npu,Pad:/pad/Pad,0.3075",
    ]);
  });

  const compiled = [
    rknnHeader.replace("    Time(us)     MacUsage(%)          WorkLoad(0/1/2)  ", ""),
    rknnRule,
    "0    InputOperator      FLOAT16  CPU    \\   (1,2,3,4)    0/0/0    0    InputOperator:in",
    "16   Conv    FLOAT16  NPU    (1,768,1,512),(2304,768,1,1)   (1,2304,1,512)   282603/1769472/1769472   4224   Conv:/Wqkv/MatMul#2",
  ];

  test("the compiler's log has cycles of the NPU", () => {
    const log = compiled.map((line) => `D RKNN: [22:35:42.898] ${line}`).join("\n");
    const result = imported({ "net.log": `${log}\nD RKNN: [22:35:43.001] done\n` }, { clockGHz: 1 });
    expect(tableOf(result).slice(1)).toEqual(["net,npu,Conv:/Wqkv/MatMul#2,1.769472"]);
    expect(leftOf(result)).toEqual([["operator on the CPU", 1]]);
    expect(faults(`${log}\n`, {}).message).toContain("--clock-ghz <GHz>");
  });

  test("a table that ends with the file may be cut", () => {
    const cut = rknn.split("\n").slice(0, 9).join("\n");
    const warnings: Problem[] = [];
    imported({ "net.txt": `${cut}\n` }, {}, warnings);
    expect(warnings).toMatchObject([{ message: "the table ends with the file; is it whole?", line: 9 }]);
  });

  test("a row without a time and a table without rows are told", () => {
    const messages = (text: string) => faults(text, {}).problems.map(({ line, message }) => [line, message]);
    expect(messages(rknn.replace("4        ", "\\        "))).toContainEqual([8, "this row has no Time(us)"]);
    expect(messages(`${rknnHeader}\n${rknnRule}\n`)).toEqual([[1, "there is no layer below this header"]]);
  });
});

describe("whole models", () => {
  test("ncnn writes one a line, and the device before them", () => {
    const text = `loop_count = 4
gpu_device = -1
          squeezenet  min =    2.44  max =    2.51  avg =    2.46
           mobilenet  min = 1762.97  max = 1764.23  avg = 1763.62
gpu_device = 0
          squeezenet  min =    1.00  max =    1.50  avg =    1.25
`;
    expect(rows({ "bench.txt": text })).toEqual([
      "squeezenet,cpu,2.46",
      "squeezenet,gpu,1.25",
      "mobilenet,cpu,1763.62",
    ]);
  });

  test("a file of Windows says the same", () => {
    const text = "gpu_device = -1\r\nmobilenet  min = 1.10  max = 2.00  avg = 1.50\r\n";
    expect(rows({ "bench.txt": text })).toEqual(["mobilenet,cpu,1.5"]);
  });

  test("MNN has another order, units with and without a blank, and a forward type", () => {
    const text = `Forward type: **Vulkan** thread=4** precision=2
[ - ] inception-v3.mnn            max =  686.755ms  min =  611.842ms  avg =  652.360ms
[ - ] MobileNetV2_224.mnn         max =    3.319 ms  min =    3.100 ms  avg =    3.200 ms
`;
    expect(rows({ "bench.txt": text })).toEqual(["inception-v3,vulkan,652.36", "mobile-net-v2-224,vulkan,3.2"]);
  });
});
