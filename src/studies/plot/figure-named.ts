/** Finds a figure by its name, among those of a record. */
import type { Figure } from "../../figures/figure.ts";
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";

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
