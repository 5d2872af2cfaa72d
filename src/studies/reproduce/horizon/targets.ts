/** What horizon is to reach, and what it reaches. The targets were set before the policy was written. */
import type { Claim, Target } from "../../../records/reproduction.ts";
import { alone, type Estimate, factor } from "../figures.ts";
import type { Upset } from "./grid.ts";
import {
  best,
  bySla,
  geomeanOf,
  geomeanToBound,
  isMeetable,
  LOSS,
  type Match,
  matchesOf,
  meanSlaGain,
  policyNamed,
  type Rival,
  tunedDream,
  worstOf,
} from "./ratios.ts";
import type { HorizonCase } from "./runs.ts";

/** Published policies that the record names one by one. */
const published = [
  "dream",
  "planaria",
  "veltair",
  "terastal",
  "prema",
  "dysta",
  "sdrm3",
  "xrbench-latency",
  "edf",
  "fcfs",
];

const RATIO = 0.93;
const SLA_LEAST = -0.02;

/** `cases`: as they are. `upset`: some of them, upset. Results of which nothing was measured are left out. */
export const targetsOf = (cases: readonly HorizonCase[], upset: readonly HorizonCase[]): readonly Claim[] => [
  ...targets(matchesOf(cases, best)),
  ...[...againstBest(cases), ...whereUpset(upset), ...toBound(cases), ...againstOthers(cases)].filter(
    ({ ours }) => ours !== null,
  ),
];

const targets = (matches: readonly Match[]): readonly Claim[] => [
  target("UXCost to the best", RATIO, "at most", factor(geomeanOf(matches)), "ratio"),
  target("in the worst case", LOSS, "at most", alone(worstOf(matches)?.ratio), "ratio"),
  target("SLA over the best's", 0, "at least", alone(meanSlaGain(matches)), "share"),
  target("SLA at its lowest", SLA_LEAST, "at least", alone(leastSla(matches)), "share"),
];

const ratioTo = (rival: Rival, cases: readonly HorizonCase[]): Estimate => factor(geomeanOf(matchesOf(cases, rival)));

const isOverloaded = (at: HorizonCase): boolean => !isMeetable(at);

const againstBest = (cases: readonly HorizonCase[]): readonly Claim[] => [
  result("to best, meetable", ratioTo(best, cases.filter(isMeetable)), [1, 2, 3, 4]),
  result("to best, overloaded", ratioTo(best, cases.filter(isOverloaded)), [1, 2, 3, 4]),
];

const upsets: readonly (readonly [upset: Upset, what: string])[] = [
  ["estimates", "estimates off"],
  ["jitter", "jitter"],
  ["cascades", "cascades 0.5"],
];

const whereUpset = (cases: readonly HorizonCase[]): readonly Claim[] =>
  upsets.map(([upset, what]) => {
    const own = cases.filter((each) => each.upset === upset);
    return result(`to best, ${what}`, ratioTo(best, own), [1, 2, 3, 6]);
  });

function toBound(cases: readonly HorizonCase[]): readonly Claim[] {
  const ours = (own: readonly HorizonCase[]) => factor(geomeanToBound(own, (at) => at.ours));
  return [
    result("to bound", ours(cases), [2, 3, 7]),
    result("to bound, meetable", ours(cases.filter(isMeetable)), [2, 3, 4, 7]),
    result("to bound, overloaded", ours(cases.filter(isOverloaded)), [2, 3, 4, 7]),
    result("best to bound", factor(geomeanToBound(cases, best)), [1, 2, 3, 7]),
  ];
}

const againstOthers = (cases: readonly HorizonCase[]): readonly Claim[] => [
  result("to dream, tuned", ratioTo(tunedDream, cases), [2, 3, 5]),
  ...published.map((name) => result(`to ${name}`, ratioTo(policyNamed(name), cases), [2, 3])),
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
