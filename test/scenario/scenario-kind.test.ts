import { describe, expect, test } from "vitest";
import type { Task } from "../../src/core/scenario.ts";
import { scenarioKind } from "../../src/scenario/scenario-kind.ts";

const kindWith = (...parents: readonly (readonly number[])[]) =>
  scenarioKind({ tasks: parents.map((taskIndexes) => taskWaitingFor(taskIndexes)) });

function taskWaitingFor(taskIndexes: readonly number[]): Task {
  const model = { name: "m", bytesPerElement: 1, variants: [] };
  const root = { kind: "periodic", fps: 1, offsetNs: 0, jitterNs: 0 } as const;
  const release = taskIndexes.length === 0 ? root : ({ kind: "after", taskIndexes, probability: 1 } as const);
  return { id: "t", model, release, deadlineNs: 1, priority: 1 };
}

describe("scenarioKind", () => {
  test("is concurrent where no task depends on another", () => {
    expect(kindWith([])).toBe("concurrent");
    expect(kindWith([], [])).toBe("concurrent");
  });

  test("is cascaded where all tasks form one chain, in whatever order", () => {
    expect(kindWith([], [0], [1])).toBe("cascaded");
    expect(kindWith([1], [2], [])).toBe("cascaded");
  });

  test("is both for a chain beside another task, for a fork and for a join", () => {
    expect(kindWith([], [0], [])).toBe("cascaded-concurrent");
    expect(kindWith([], [0], [0])).toBe("cascaded-concurrent");
    expect(kindWith([], [], [0, 1])).toBe("cascaded-concurrent");
    expect(kindWith([], [0], [], [2])).toBe("cascaded-concurrent");
  });
});
