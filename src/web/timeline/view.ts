/** The part of a run that is in view. Moving and zooming keep it inside the run. */

export interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

/** Shorter views would show single ns. */
export const SHORTEST_NS = 100;

export const lengthOf = ({ fromNs, toNs }: Span): number => toNs - fromNs;

/** Moves it into the run; a longer one becomes the whole run. */
export function within(run: Span, view: Span): Span {
  const length = Math.min(lengthOf(run), Math.max(Math.min(SHORTEST_NS, lengthOf(run)), lengthOf(view)));
  const fromNs = Math.min(run.toNs - length, Math.max(run.fromNs, view.fromNs));
  return { fromNs, toNs: fromNs + length };
}

/** `share`: of its length; below 0 to the left. */
export function moved(run: Span, view: Span, share: number): Span {
  const byNs = lengthOf(view) * share;
  return within(run, { fromNs: view.fromNs + byNs, toNs: view.toNs + byNs });
}

/** As long, at the start or the end of the run. */
export const atStart = (run: Span, view: Span): Span => ({ fromNs: run.fromNs, toNs: run.fromNs + lengthOf(view) });
export const atEnd = (run: Span, view: Span): Span => ({ fromNs: run.toNs - lengthOf(view), toNs: run.toNs });

/** `factor` below 1 shows less of the run. The instant at `anchor` (0: left, 1: right) stays where it is. */
export function zoomed(run: Span, view: Span, factor: number, anchor = 0.5): Span {
  const shortest = Math.min(SHORTEST_NS, lengthOf(run));
  const length = Math.min(lengthOf(run), Math.max(shortest, lengthOf(view) * factor));
  const atNs = view.fromNs + lengthOf(view) * anchor;
  return within(run, { fromNs: atNs - length * anchor, toNs: atNs + length * (1 - anchor) });
}

/** With an interval in the middle, and as much room again on either side. */
export const around = (run: Span, { fromNs, toNs }: Span): Span =>
  within(run, { fromNs: fromNs - (toNs - fromNs), toNs: toNs + (toNs - fromNs) });
