/** What a layer moves between off-chip memory and the global buffer (`data-centric`; MAESTRO notes, Q11). */

/** A tensor of a layer, in elements. */
export interface TensorTraffic {
  readonly elements: number;
  /** What the outermost level moves from or to the global buffer; at least `elements` where all of it is used. */
  readonly movedElements: number;
}

/**
 * Elements moved off chip. Where all tensors fit in the buffer, each is moved once. Otherwise those that save most a
 * buffered element stay, as far as they fit, and the others move as often as the mapping asks for them.
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

/** How often the mapping moves each element. */
const reuse = ({ elements, movedElements }: TensorTraffic): number => (elements === 0 ? 0 : movedElements / elements);
