/** Lines and columns of offsets in a text; both start at 1. */

export interface TextPosition {
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
}

/** Converts offsets to positions; an offset beyond the end counts as the end. */
export function positionFinder(text: string): (offset: number) => TextPosition {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return (offset) => {
    const inside = Math.min(offset, text.length);
    const line = lastAtMost(starts, inside);
    return { line: line + 1, column: inside - starts[line]! + 1 };
  };
}

/** Index of the last of the ascending numbers that is at most `limit`. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
