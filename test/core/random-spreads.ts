/** Random ways in which times vary. */
import fc from "fast-check";
import type { Spread } from "../../src/core/spread.ts";
import type { SmallWorld } from "../worlds.ts";

const relative: fc.Arbitrary<Spread> = fc.oneof(
  fc.record({ kind: fc.constant("uniform" as const), plusMinus: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant("lognormal" as const), cv: fc.double({ min: 0.01, max: 3, noNaN: true }) }),
);

const absolute: fc.Arbitrary<Spread> = fc.oneof(
  fc.tuple(fc.nat(60), fc.nat(60)).map(([lowNs, moreNs]): Spread => ({ kind: "range", lowNs, highNs: lowNs + moreNs })),
  fc
    .array(fc.nat(80), { minLength: 1, maxLength: 5 })
    .map((times): Spread => ({ kind: "samples", latenciesNs: times.sort((a, b) => a - b) })),
);

/** Any way in which times may vary, of parts as well, or not at all. */
export const randomSpread: fc.Arbitrary<Spread | undefined> = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(relative, fc.boolean())
    .map(([spread, isPerJob]) => (isPerJob ? { ...spread, per: "job" as const } : spread)),
  absolute,
  fc
    .array(fc.record({ latencyNs: fc.nat(30), spread: fc.option(relative, { nil: undefined }) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts): Spread => ({ kind: "sum", parts })),
);

/** The same world in which the times of each task vary in some way, by column of the cost table. */
export const withSpreads = (worlds: fc.Arbitrary<SmallWorld>): fc.Arbitrary<SmallWorld> =>
  fc.tuple(worlds, fc.array(fc.array(randomSpread, { minLength: 1, maxLength: 3 }), { minLength: 1 })).map(
    ([world, spreads]): SmallWorld => ({
      ...world,
      tasks: world.tasks.map((task, i) => ({ ...task, spreads: spreads[i % spreads.length]! })),
    }),
  );
