import fc from "fast-check";
import { expect, test } from "vitest";
import { offChipElements, type TensorTraffic } from "../../src/cost/off-chip.ts";
import { propertyRuns } from "../property-runs.ts";

const traffic = (elements: number, movedElements: number): TensorTraffic => ({ elements, movedElements });

test("the tensor that the mapping moves most often per element stays in the buffer", () => {
  const tensors = [traffic(10, 20), traffic(10, 50), traffic(10, 30)];
  expect(offChipElements(tensors, 10)).toBe(20 + 10 + 30);
  expect(offChipElements(tensors, 25)).toBe(20 + 10 + 10);
  expect(offChipElements(tensors, 9)).toBe(20 + 50 + 30);
});

test("of tensors that save alike, the first one stays", () => {
  expect(offChipElements([traffic(4, 8), traffic(6, 12)], 6)).toBe(4 + 12);
});

test("what stays is what sorting by saving keeps", () => {
  const elements = fc.integer({ min: 0, max: 6 });
  const tensors = fc.array(fc.tuple(elements, elements), { maxLength: 4 });
  fc.assert(
    fc.property(tensors, fc.integer({ min: 0, max: 20 }), (pairs, bufferElements) => {
      const given = pairs.map(([size, again]) => traffic(size, size * again));
      expect(offChipElements(given, bufferElements)).toBe(bySorting(given, bufferElements));
    }),
    propertyRuns(500),
  );
});

function bySorting(tensors: readonly TensorTraffic[], bufferElements: number): number {
  const saving = ({ elements, movedElements }: TensorTraffic) => (elements === 0 ? 0 : movedElements / elements);
  let free = bufferElements;
  let total = 0;
  for (const { elements, movedElements } of tensors.toSorted((a, b) => saving(b) - saving(a))) {
    const isKept = elements <= free;
    free -= isKept ? elements : 0;
    total += isKept ? elements : Math.max(elements, movedElements);
  }
  return total;
}
