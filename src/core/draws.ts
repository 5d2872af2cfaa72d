/**
 * Counter-based random numbers. A draw is a pure function of its purpose, so every scheduler gets the same draws
 * (common random numbers), in whatever order it needs them.
 */

/** What a draw decides. Results depend on these numbers, so they are never reused or reordered. */
export const purpose = {
  trigger: 1,
  jitter: 2,
  arrival: 3,
  skip: 4,
  exit: 5,
  steps: 6,
  priority: 7,
  measurement: 8,
  model: 9,
  batch: 10,
  layerTime: 11,
  jobTime: 12,
  estimate: 13,
  think: 14,
} as const;

/** The purpose of a draw. */
export type Purpose = (typeof purpose)[keyof typeof purpose];

/** Uniform in [0, 1), 53 bits. All arguments are whole numbers from 0 to 2^32 - 1. */
export function uniform(seed: number, taskIndex: number, jobIndex: number, why: Purpose, i = 0): number {
  let a = mix((seed ^ 0x9e3779b9) | 0);
  a = mix(a ^ Math.imul(taskIndex + 1, 0x85ebca6b));
  a = mix(a ^ Math.imul(jobIndex + 1, 0xc2b2ae35));
  a = mix(a ^ Math.imul(why, 0x27d4eb2f));
  a = mix(a ^ Math.imul(i + 1, 0x165667b1));
  const high = mix(a ^ 0x2545f491) >>> 5;
  const low = mix(a ^ 0x5bd1e995) >>> 6;
  return (high * 0x4000000 + low) / 0x20000000000000;
}

/** Finaliser of MurmurHash3 (Appleby, public domain), 32 bits: every input bit reaches every output bit. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
