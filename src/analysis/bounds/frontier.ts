/** Two sums that no schedule can both have low: lines below all pairs of violations and energy that are possible. */

/** For every schedule, across x violations + up x energy >= least. */
export interface Line {
  readonly across: number;
  readonly up: number;
  readonly least: number;
}

/** A corner of what the lines allow. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Corners of what lines allow, by rising x. Both sums are at least 0. The first and the last line are upright and level. */
export function corners(lines: readonly Line[]): readonly Corner[] {
  const all = [...lines, { across: 1, up: 0, least: 0 }, { across: 0, up: 1, least: 0 }];
  const found = all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b) => {
      const meet = crossing(a, b);
      return meet !== undefined && all.every((line) => isAllowed(meet, line)) ? [meet] : [];
    }),
  );
  return found.sort((a, b) => a.x - b.x || b.y - a.y);
}

function crossing(a: Line, b: Line): Corner | undefined {
  const determinant = a.across * b.up - b.across * a.up;
  if (Math.abs(determinant) <= 1e-12 * (a.across * b.up + b.across * a.up)) return undefined;
  return {
    x: Math.max(0, (a.least * b.up - b.least * a.up) / determinant),
    y: Math.max(0, (a.across * b.least - b.across * a.least) / determinant),
  };
}

/** Rounding of a crossing must not lose a corner: that could only make the least product too high. */
const isAllowed = ({ x, y }: Corner, { across, up, least }: Line): boolean =>
  across * x + up * y >= least - 1e-9 * (across * x + up * y + Math.abs(least));

/**
 * The least product of the two sums. Over what lines allow, a product is least in a corner, because each level of it is
 * concave. `most`: only schedules with at most so many violations.
 */
export function leastProduct(lines: readonly Line[], most = Infinity): number {
  const { x, y } = leastCorner(lines, most) ?? { x: 0, y: 0 };
  return x * y;
}

function leastCorner(lines: readonly Line[], most: number): Corner | undefined {
  const inside = corners(lines).filter(({ x }) => x <= most);
  const cut = Number.isFinite(most) ? [{ x: most, y: leastY(lines, most) }] : [];
  return [...inside, ...cut].reduce<Corner | undefined>(
    (best, corner) => (best === undefined || corner.x * corner.y < best.x * best.y ? corner : best),
    undefined,
  );
}

/** The least energy of schedules with at most `x` violations. */
export const leastY = (lines: readonly Line[], x: number): number =>
  lines.reduce((least, line) => (line.up > 0 ? Math.max(least, (line.least - line.across * x) / line.up) : least), 0);

/** Finds what no schedule is below: least across x violations + up x energy. */
export type Support = (across: number, up: number) => number;

const MOST_LINES = 10;

/**
 * Lines that make the least product high. Each new one is along the level of the product in the corner where it is least:
 * no other line through that corner could raise it as much.
 */
export function linesForProduct(start: readonly Line[], support: Support): readonly Line[] {
  const lines = [...start];
  for (let i = 0; i < MOST_LINES; i++) {
    const { x, y } = leastCorner(lines, Infinity) ?? { x: 0, y: 0 };
    if (x === 0 || y === 0) return lines;
    const least = support(y, x);
    if (least <= 2 * x * y * (1 + 1e-5)) return lines;
    lines.push({ across: y, up: x, least });
  }
  return lines;
}

/** Lines of several slopes between two corners: that of fewest violations, and that of least energy. */
export function linesBetween(
  start: readonly Line[],
  support: Support,
  { x, y }: Corner,
  slopes: number,
): readonly Line[] {
  if (!(x > 0) || !(y > 0)) return start;
  const steps = Array.from({ length: slopes }, (_, i) => 4 ** (i - (slopes - 1) / 2));
  return [...start, ...steps.map((step) => ({ across: step * y, up: x, least: support(step * y, x) }))];
}
