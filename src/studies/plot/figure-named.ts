/** The figures of what was read, and one of them by its name. */

import type { Figure } from "../../figures/figure.ts";
import { type Drawn, figuresOf } from "../../figures/figures-of.ts";
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";

/**
 * What is made of a record in a file. Records are checked for their main parts only when they are read; one that lacks
 * another part is the user's, so it is no fault of rtmm's. Throws RequestError then.
 */
export function ofRecord<Result>(input: string, { kind }: Drawn, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (kind === "run" || !(error instanceof TypeError)) throw error;
    throw new RequestError(`${input} is a damaged ${kind}: a part that figures need is missing (${error.message})`, {
      cause: error,
    });
  }
}

export const figuresIn = (input: string, drawn: Drawn): readonly Figure[] =>
  ofRecord(input, drawn, () => figuresOf(drawn));

/** Throws RequestError for an unknown name. */
export function figureNamed(name: string, figures: readonly Figure[]): Figure {
  const found = figures.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const names = figures.map(({ id }) => id);
  const hint = didYouMean(name, names) || `; there are: ${names.join(", ")}`;
  throw new RequestError(
    names.length === 0 ? "there is nothing to draw in it" : `there is no figure "${name}" of it${hint}`,
  );
}
