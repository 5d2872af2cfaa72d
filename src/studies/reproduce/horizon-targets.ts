/** What horizon is to reach, and what it reaches. The targets were set before the policy was written. */
import type { Claim, Target } from "../../records/reproduction.ts";
import { alone, type Estimate, factor } from "./figures.ts";
import type { Upset } from "./horizon-grid.ts";
import {
  best,
  bySla,
  geomeanOf,
  isMeetable,
  LOSS,
  type Match,
  matchesOf,
  meanSlaGain,
  policyNamed,
  type Rival,
  tunedDream,
  worstOf,
} from "./horizon-ratios.ts";
import type { HorizonCase } from "./horizon-runs.ts";

/** Published policies that the record names one by one. */
const published = ["dream", "planaria", "veltair", "prema", "sdrm3", "xrbench-latency", "edf", "fcfs"];

const RATIO = 0.93;
const SLA_LEAST = -0.02;

/** `cases`: as they are. `upset`: some of them, upset. */
export function targetsOf(cases: readonly HorizonCase[], upset: readonly HorizonCase[]): readonly Claim[] {
  const matches = matchesOf(cases, best);
  const ratioTo = (rival: Rival, own = cases) => factor(geomeanOf(matchesOf(own, rival)));
  const known = published.filter((name) => cases[0]?.rivals.some(({ policy }) => policy === name));
  return [
    target("UXCost to the best", RATIO, "at most", factor(geomeanOf(matches)), "ratio"),
    target("in the worst case", LOSS, "at most", alone(worstOf(matches)?.ratio), "ratio"),
    target("SLA over the best's", 0, "at least", alone(meanSlaGain(matches)), "share"),
    target("SLA at its lowest", SLA_LEAST, "at least", alone(leastSla(matches)), "share"),
    result("to best, meetable", ratioTo(best, cases.filter(isMeetable)), [1, 2, 3, 4]),
    result(
      "to best, overloaded",
      ratioTo(
        best,
        cases.filter((each) => !isMeetable(each)),
      ),
      [1, 2, 3, 4],
    ),
    ...upsets.map(([name, what]) =>
      result(
        `to best, ${what}`,
        ratioTo(
          best,
          upset.filter((each) => each.upset === name),
        ),
        [1, 2, 3, 6],
      ),
    ),
    result("to dream, tuned", ratioTo(tunedDream), [2, 3, 5]),
    ...known.map((name) => result(`to ${name}`, ratioTo(policyNamed(name)), [2, 3])),
  ];
}

const upsets: readonly (readonly [upset: Upset, what: string])[] = [
  ["estimates", "estimates off"],
  ["jitter", "jitter"],
  ["cascades", "cascades 0.5"],
];

const leastSla = (matches: readonly Match[]): number | undefined => bySla(matches)[0]?.slaGain;

function target(
  what: string,
  claimed: number,
  side: Exclude<Target["side"], "free">,
  estimate: Estimate,
  unit: Claim["unit"],
): Claim {
  const { ours } = estimate;
  const isReached = ours === null ? null : side === "at most" ? ours <= claimed : ours >= claimed;
  return { what, claimed, ...estimate, unit, target: { side, isReached }, differences: [1, 2, 3] };
}

const result = (what: string, estimate: Estimate, differences: readonly number[]): Claim => ({
  ...{ what, claimed: null, ...estimate, unit: "ratio" },
  target: { side: "free", isReached: null },
  differences,
});
