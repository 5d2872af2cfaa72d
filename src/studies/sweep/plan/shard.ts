/** Which points of a plan one of several machines takes. */
import { RequestError } from "../../../input/request-error.ts";
import type { SweepPlan } from "./sweep-plan.ts";

export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

export type SharedPlan = Pick<SweepPlan, "count" | "caseSize" | "seedsPerGroup" | "precision">;

const MOST_SHARDS = 10_000;
/** With that many pieces a shard none has more than a quarter more to do than another. */
const PIECES_A_SHARD = 4;

/** Of text such as `2/4`. Throws RequestError. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST_SHARDS) return shard;
  throw new RequestError(`a shard is given as i/n, such as 1/4, with 1 <= i <= n <= ${MOST_SHARDS}; got "${text}"`);
}

export const shardText = ({ number, of }: Shard): string => `${number}/${of}`;

/**
 * Number of the shard that a point belongs to. Cases stay whole where there are four of them a shard, since their points
 * share costs; else groups, else points are shared out; to a precision never points, since a group's are judged together. They are dealt one by one, each round starting one shard later:
 * what is long in every case, such as the largest of two systems, does not always fall to the same one.
 */
export function shardOf(plan: SharedPlan, of: number): (index: number) => number {
  const sizes = [plan.caseSize, plan.seedsPerGroup];
  const smallest = plan.precision === undefined ? 1 : plan.seedsPerGroup;
  const pieceSize = sizes.find((size) => Math.ceil(plan.count / size) >= PIECES_A_SHARD * of) ?? smallest;
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
