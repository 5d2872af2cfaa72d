/** Spans of time in a trace, in us. */
export interface Span {
  readonly startUs: number;
  readonly durationUs: number;
}

export const endOf = ({ startUs, durationUs }: Span): number => startUs + durationUs;

/** How many of the spans, sorted by start, have started by then. */
export function countUpTo(timeUs: number, spans: readonly Span[]): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.startUs <= timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
