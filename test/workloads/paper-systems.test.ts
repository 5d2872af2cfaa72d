/** The systems of DREAM, PREMA and Planaria are what their names say. */
import { describe, expect, test } from "vitest";
import { loadSystem } from "../../src/system/load-system.ts";
import { shippedFile, shippedFiles, shippedNames, shippedText } from "./shipped-files.ts";

const systemOf = (name: string) => loadSystem(shippedFile("system", name), shippedFiles());

/** Dataflow and PEs at 4096 PEs. Source: docs/references.md#dream-scenarios-and-systems; the split is ours. */
const dream: readonly (readonly [name: string, accelerators: string])[] = [
  ["dream-2-ws-ws", "ws 2048, ws 2048"],
  ["dream-2-os-os", "os 2048, os 2048"],
  ["dream-2-ws-os", "ws 2048, os 2048"],
  ["dream-3-ws-os-os", "ws 2048, os 1024, os 1024"],
  ["dream-3-ws-ws-os", "ws 1024, ws 1024, os 2048"],
];

describe("DREAM's systems", () => {
  test.each(dream)("%s is %s, at 4096 and 8192 PEs", (name, expected) => {
    for (const [size, factor] of [
      ["4k", 1],
      ["8k", 2],
    ] as const) {
      const { accelerators, memory, contextSwitch } = systemOf(`${name}-${size}`);
      const described = accelerators.map(({ costs, pes }) => {
        if (costs.kind !== "maestro") throw new Error("DREAM's costs are MAESTRO's");
        return `${costs.dataflow.name} ${pes / factor}`;
      });
      expect(described.join(", ")).toBe(expected);
      expect([memory.bandwidthGBs, contextSwitch]).toEqual([90, "on"]);
    }
  });
  test("are these, no more", () => {
    const shipped = shippedNames("system").filter((name) => name.startsWith("dream-"));
    expect(shipped).toEqual(dream.flatMap(([name]) => [`${name}-4k`, `${name}-8k`]).sort());
  });
  test("say that they are from memory", () => {
    for (const [name] of dream) expect(shippedText("system", `${name}-4k`)).toMatch(/\[memory\].*Assumed:/s);
  });
});

/** Source: docs/references.md#prema-npu. */
test("prema-npu is PREMA's array, clock, buffers and memory", () => {
  const { accelerators, memory, contextSwitch } = systemOf("prema-npu");
  expect(accelerators).toMatchObject([
    {
      clockGHz: 0.7,
      pes: 128 * 128,
      units: 1,
      globalBufferBytes: 8 * 2 ** 20,
      preemption: ["checkpoint", "kill", "drain"],
      costs: {
        kind: "systolic",
        array: { rows: 128, columns: 128 },
        accumulatorDepth: 128,
        offChip: { bandwidthGBs: 358 },
        dramLatencyCycles: 100,
        weightBufferBytes: 4 * 2 ** 20,
      },
    },
  ]);
  expect([memory.bandwidthGBs, contextSwitch]).toEqual([358, "on"]);
});

/** Source: docs/references.md#planaria. */
test("planaria-16 has 16 subarrays of 32 x 32", () => {
  expect(systemOf("planaria-16").accelerators).toMatchObject([
    { clockGHz: 0.7, pes: 128 * 128, units: 16, costs: { kind: "systolic", array: { rows: 32, columns: 32 } } },
  ]);
});
