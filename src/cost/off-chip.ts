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
  let freeElements = bufferElements;
  let total = 0;
  let considered = 0;
  for (let n = 0; n < tensors.length; n++) {
    const index = mostReused(tensors, considered);
    const { elements, movedElements } = tensors[index]!;
    considered |= 1 << index;
    const isKept = elements <= freeElements;
    if (isKept) freeElements -= elements;
    total += isKept ? elements : Math.max(elements, movedElements);
  }
  return total;
}

/** The first one that saves most among those not yet in `considered`, a set of indexes as bits. */
function mostReused(tensors: readonly TensorTraffic[], considered: number): number {
  let most = -1;
  let index = -1;
  for (let i = 0; i < tensors.length; i++) {
    if ((considered & (1 << i)) !== 0) continue;
    const saving = reuse(tensors[i]!);
    if (saving <= most) continue;
    most = saving;
    index = i;
  }
  return index;
}

/** How many times the mapping moves each element. */
const reuse = ({ elements, movedElements }: TensorTraffic): number => (elements === 0 ? 0 : movedElements / elements);
