/** Why A is far from the bound in a case: what it misses or spends beyond it, and where A itself loses most. By rules alone. */

import type { BoundFacts, SideFacts } from "../../records/adversary.ts";
import { significant } from "../number-text.ts";
import { counted } from "../words.ts";
import { type Cause, LEAST_SHARE, largestCause, missesOf, msText, type Why } from "./causes.ts";

export const whyFar = (a: SideFacts, bound: BoundFacts): Why => ({
  what: `${missesSentence(a, bound)} ${energySentence(a, bound)}`.trim(),
  cause: `${causeSentence(a, bound)} The bound is proven, but no schedule may reach it: part of the distance may be the bound's own.`,
});

function missesSentence(a: SideFacts, { violations }: BoundFacts): string {
  const own = missesOf(a);
  const start = `${a.label} misses ${own === 0 ? "no deadline" : `${own} of ${counted(a.jobs, "deadline")}`}`;
  if (own === violations) return own === 0 ? `${start}.` : `${start}, and no schedule misses fewer.`;
  return `${start}, and ${violations === 0 ? "it is not proven that any has to be missed" : `every schedule misses at least ${violations}`}.`;
}

function energySentence(a: SideFacts, { energyMj }: BoundFacts): string {
  if (a.energyMj === null) return "";
  return `It takes ${significant(a.energyMj)} mJ; schedules that miss no more take at least ${significant(energyMj)} mJ.`;
}

function causeSentence(a: SideFacts, bound: BoundFacts): string {
  if (missesOf(a) === bound.violations) return energyCause(a, bound) ?? OTHERWISE;
  const largest = largestCause(causes(a));
  return largest.ms > LEAST_SHARE * a.endMs ? largest.sentence : OTHERWISE;
}

const OTHERWISE = "Its use of the accelerators does not explain the distance: it is the choice and the order of jobs.";

/** The larger of what its places and its choice of work take beyond the least; undefined: both are little. */
function energyCause({ energyMj, leastEnergyMj }: SideFacts, bound: BoundFacts): string | undefined {
  if (energyMj === null || leastEnergyMj === null) return undefined;
  const ofPlaces = energyMj - leastEnergyMj;
  const ofWork = leastEnergyMj - bound.energyMj;
  if (Math.max(ofPlaces, ofWork) <= LEAST_SHARE * energyMj) return undefined;
  if (ofWork > ofPlaces)
    return `The work that it runs takes ${significant(leastEnergyMj)} mJ even where it takes least: there are lighter variants of models, or jobs that need not run.`;
  return `It runs layers where they take more energy: ${significant(energyMj)} mJ for work that takes ${significant(leastEnergyMj)} mJ at best.`;
}

/** The first of equal ones explains. */
const causes = (a: SideFacts): readonly Cause[] => [
  {
    ms: a.computingMs - a.fastestMs,
    sentence: `It runs layers away from their fastest accelerator: ${msText(a.computingMs)} for ${msText(a.fastestMs)} of work.`,
  },
  {
    ms: a.idleWhileWaitingMs,
    sentence: `It leaves accelerators free for ${msText(a.idleWhileWaitingMs)} while jobs wait that could run there.`,
  },
  {
    ms: a.overheadMs,
    sentence: `It switches contexts ${counted(a.contextSwitches, "time")}: moves, loads and decisions take ${msText(a.overheadMs)}.`,
  },
  {
    ms: a.lostMs,
    sentence: `It kills running jobs, and ${msText(a.lostMs)} of work are done again.`,
  },
];
