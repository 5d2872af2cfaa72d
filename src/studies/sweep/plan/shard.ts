/** Divides the points of a plan among several machines. */
import { RequestError } from "../../../input/request-error.ts";
import type { SweepPlan } from "./sweep-plan.ts";

export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

export type SharedPlan = Pick<SweepPlan, "count" | "caseSize" | "seedsPerGroup" | "precision">;

const MOST_SHARDS = 10_000;
/** With at least this many pieces per shard, no shard has over a quarter more pieces than another. */
const PIECES_PER_SHARD = 4;

/** Parses text such as `2/4`. Throws RequestError. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST_SHARDS) return shard;
  throw new RequestError(`a shard must be i/n, such as 1/4, with 1 <= i <= n <= ${MOST_SHARDS}; got "${text}"`);
}

export const shardText = ({ number, of }: Shard): string => `${number}/${of}`;

/**
 * Number of the shard that a point belongs to. Shards receive whole cases if there are at least four per shard, because
 * the points of a case share costs. Otherwise they receive whole groups, or else single points. With a precision,
 * groups stay whole, because the precision is judged per group. Pieces are dealt one by one, and each round starts one
 * shard later: slow pieces that recur at a fixed distance, such as the larger of two systems, go to different shards.
 */
export function shardOf(plan: SharedPlan, of: number): (index: number) => number {
  const sizes = [plan.caseSize, plan.seedsPerGroup];
  const smallest = plan.precision === undefined ? 1 : plan.seedsPerGroup;
  const pieceSize = sizes.find((size) => Math.ceil(plan.count / size) >= PIECES_PER_SHARD * of) ?? smallest;
  return (index) => {
    const piece = Math.floor(index / pieceSize);
    return 1 + ((piece + Math.floor(piece / of)) % of);
  };
}

export function pointsIn(plan: SharedPlan, shard: Shard | undefined): { has(index: number): boolean; count: number } {
  if (shard === undefined) return { has: () => true, count: plan.count };
  const numberOf = shardOf(plan, shard.of);
  let count = 0;
  for (let index = 0; index < plan.count; index += 1) if (numberOf(index) === shard.number) count += 1;
  return { has: (index) => numberOf(index) === shard.number, count };
}
