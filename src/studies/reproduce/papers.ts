/** What can be reproduced, in the order of `rtmm reproduce all`: the papers' comparisons, and that of horizon. */
import { didYouMean } from "../../input/closest.ts";
import { RequestError } from "../../input/request-error.ts";
import { horizon } from "./horizon/horizon.ts";
import type { Paper } from "./paper.ts";
import { prema } from "./prema/prema.ts";
import { terastal } from "./terastal/terastal.ts";
import { dream } from "./ux/dream.ts";
import { sdrm3 } from "./ux/sdrm3.ts";
import { xrbench } from "./xrbench.ts";

export const papers: readonly Paper[] = [dream, sdrm3, prema, xrbench, terastal, horizon];

export const EVERY_PAPER = "all";

/** The distinct papers, in the order of `papers`. Throws RequestError for an unknown name. */
export function papersNamed(names: readonly string[]): readonly Paper[] {
  const known = [...papers.map(({ name }) => name), EVERY_PAPER];
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) {
    const hint = didYouMean(strange, known) || `; there are: ${known.join(", ")}`;
    throw new RequestError(`unknown paper "${strange}"${hint}`);
  }
  return papers.filter(({ name }) => names.includes(name) || names.includes(EVERY_PAPER));
}
