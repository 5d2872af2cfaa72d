/** Random draws of a search. The same seed and stream give the same draws on every machine. */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Values } from "./ranges/ranges.ts";

export interface Draws {
  /** From 0 to 1, 1 excluded. */
  share(): number;
  /** From 0 to `count` - 1. */
  index(count: number): number;
  /** One of at least one. */
  oneOf<Item>(items: readonly Item[]): Item;
}

/** Streams of one seed do not overlap: each is 2^64 draws ahead of the one before. */
export function drawsOf(seed: number, stream: number): Draws {
  const random = xoroshiro128plus(seed);
  for (let i = 0; i < stream; i += 1) random.jump();
  const index = (count: number): number => uniformInt(random, 0, count - 1);
  return { share: () => uniformFloat64(random), index, oneOf: (items) => items[index(items.length)]! };
}

/** Small steps refine what has been found, large ones leave it. */
const NEAR_SHARE = 0.1;

/** Another value of a range, half the time one nearby; undefined: there is no other. */
export function otherValue(values: Values, value: number, draws: Draws): number | undefined {
  const others = values.filter((each) => each !== value);
  if (others.length === 0) return undefined;
  if (draws.share() < 0.5) return draws.oneOf(others);
  const count = Math.max(2, Math.ceil(values.length * NEAR_SHARE));
  const near = others.toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value) || a - b).slice(0, count);
  return draws.oneOf(near);
}
