/** What a layer moves between off-chip memory and the global buffer (Q11 of docs/references.md#maestro-quirks). */

/** A tensor of a layer, in elements. */
export interface TensorTraffic {
  readonly elements: number;
  /** What the outermost level moves from or to the global buffer; at least `elements` if all of it is used. */
  readonly movedElements: number;
}

/**
 * Elements moved off chip. If all tensors fit in the buffer, each moves once. Otherwise the tensors that save most per
 * buffered element stay as far as they fit, and the others move as often as the mapping needs them.
 */
export function offChipElements(tensors: readonly TensorTraffic[], bufferElements: number): number {
  const bySaving = [...tensors].sort((a, b) => reuse(b) - reuse(a));
  let freeElements = bufferElements;
  let total = 0;
  for (const { elements, movedElements } of bySaving) {
    const isKept = elements <= freeElements;
    if (isKept) freeElements -= elements;
    total += isKept ? elements : Math.max(elements, movedElements);
  }
  return total;
}

/** How many times the mapping moves each element. */
const reuse = ({ elements, movedElements }: TensorTraffic): number => (elements === 0 ? 0 : movedElements / elements);
