/** The work of a job as bounds see it: for each layer, the ways to run it, and the cheapest choice at given prices. */
import type { VariantCosts } from "../../core/costs.ts";
import type { Accelerator } from "../../core/system.ts";
import { type LayersRun, runOptions, type Sections, savingOf } from "../feasibility/index.ts";

/** Jobs of a kind have the same layers to run, in the same times and with the same energies. */
export interface WorkKind {
  /** Unlike any other in its case. */
  readonly id: number;
  readonly types: number;
  /** By section of the model, then variant. */
  readonly sections: readonly (readonly SectionWork[])[];
  /** The time that rounding may save of all layers of any variant, at most, ns. */
  readonly savingNs: number;
}

interface SectionWork {
  /** Whether a job that has run it may be done. */
  readonly mayEnd: boolean;
  /** Layers that are alike once, with their number. */
  readonly layers: readonly (readonly [LayerWork, number])[];
}

/** The ways to run a layer: by option, the type of accelerator and what it takes there. */
export interface LayerWork {
  readonly type: readonly number[];
  /** Time of a whole accelerator, ns. */
  readonly workNs: readonly number[];
  readonly latencyNs: readonly number[];
  readonly energyPj: readonly number[];
  /** The time that rounding may save of it, ns (docs/feasibility.md, Rounding). */
  readonly savingNs: number;
}

/** The layers of a variant in order. Layers that are alike are the same object. `scale`: as in `runOptions`. */
export function layerWorks(
  costs: VariantCosts,
  accelerators: readonly Accelerator[],
  typeOf: readonly number[],
  scale: number | undefined,
): readonly LayerWork[] {
  const known = new Map<string, LayerWork>();
  return Array.from({ length: costs.layers }, (_, layer) => {
    const options = runOptions(costs, layer, accelerators, scale ?? 1);
    const savingNs = savingOf(options, scale);
    const distinct = new Map(
      options.map(({ accelerator, share, latencyNs, energyPj }) => {
        const option = [typeOf[accelerator]!, latencyNs * share, latencyNs, energyPj] as const;
        return [option.join(" "), option];
      }),
    );
    const key = [savingNs, ...distinct.keys()].join(";");
    const found = known.get(key) ?? layerWork([...distinct.values()], savingNs);
    known.set(key, found);
    return found;
  });
}

type Option = readonly [type: number, workNs: number, latencyNs: number, energyPj: number];

const layerWork = (options: readonly Option[], savingNs: number): LayerWork => ({
  type: options.map(([type]) => type),
  workNs: options.map(([, workNs]) => workNs),
  latencyNs: options.map(([, , latencyNs]) => latencyNs),
  energyPj: options.map(([, , , energyPj]) => energyPj),
  savingNs,
});

/** `layers`: by variant. */
export function workKind(
  sections: Sections,
  run: LayersRun,
  layers: readonly (readonly LayerWork[])[],
  types: number,
  id: number,
): WorkKind {
  const sectionWorks = sections.map((starts, s) =>
    layers.map((ofVariant, v): SectionWork => {
      const { shares, mayEnd } = run.variants[v]!;
      const end = Math.min(sections[s + 1]?.[v] ?? Infinity, shares.length);
      const counts = new Map<LayerWork, number>();
      for (let row = starts[v]!; row < end; row++) {
        const layer = ofVariant[row]!;
        if (shares[row]! > 0) counts.set(layer, (counts.get(layer) ?? 0) + 1);
      }
      return { mayEnd: mayEnd[s]!, layers: [...counts] };
    }),
  );
  const savings = sectionWorks.map((variants) =>
    Math.max(...variants.map((section) => section.layers.reduce((sum, [layer, n]) => sum + n * layer.savingNs, 0))),
  );
  return { id, types, sections: sectionWorks, savingNs: savings.reduce((sum, ns) => sum + ns, 0) };
}

/** What one unit of something costs. */
export interface Prices {
  /** 1 ns of an accelerator, by type. */
  readonly perWorkNs: Float64Array;
  /** 1 ns in which the job runs, wherever it does. */
  readonly perLatencyNs: number;
  readonly perPj: number;
}

/** A way to run a whole job, or a mixture of several. */
export interface Pattern {
  /** By accelerator type. */
  readonly workNs: Float64Array;
  readonly latencyNs: number;
  readonly energyPj: number;
}

export interface CheapestPattern extends Pattern {
  /** However the job is cut up and moved, and in whichever variants, it costs no less. Infinity: it cannot run. */
  readonly leastCost: number;
}

/** The cheapest way at some prices. The job may change its variant at each switch point. */
export function cheapestPattern({ types, sections }: WorkKind, prices: Prices): CheapestPattern {
  let rest: CheapestPattern = { workNs: new Float64Array(types), latencyNs: 0, energyPj: 0, leastCost: 0 };
  const none = rest;
  for (let s = sections.length - 1; s >= 0; s--) {
    let best: CheapestPattern | undefined;
    for (const section of sections[s]!) {
      const here = cheapestOf(section, prices, section.mayEnd ? none : rest);
      if (best === undefined || here.leastCost < best.leastCost) best = here;
    }
    rest = best!;
  }
  return rest;
}

/** Of a section, with what follows it. */
function cheapestOf(section: SectionWork, prices: Prices, rest: CheapestPattern): CheapestPattern {
  const { perWorkNs, perLatencyNs, perPj } = prices;
  const highest = perWorkNs.reduce((most, price) => Math.max(most, price), 0) + perLatencyNs;
  const workNs = Float64Array.from(rest.workNs);
  let { latencyNs, energyPj, leastCost } = rest;
  for (const [layer, count] of section.layers) {
    const best = cheapestOption(layer, prices, 1);
    if (best < 0) return { ...rest, leastCost: Infinity };
    const timeCost = perWorkNs[layer.type[best]!]! * layer.workNs[best]! + perLatencyNs * layer.latencyNs[best]!;
    const cost = timeCost + perPj * layer.energyPj[best]!;
    workNs[layer.type[best]!] = workNs[layer.type[best]!]! + count * layer.workNs[best]!;
    latencyNs += count * layer.latencyNs[best]!;
    energyPj += count * layer.energyPj[best]!;
    leastCost += count * (layer.savingNs === 0 ? cost : lessSaving(layer, prices, cost, highest));
  }
  return { workNs, latencyNs, energyPj, leastCost };
}

/** Rounding saves at most `savingNs`, and never more than half of the time. Energy is not rounded. */
function lessSaving(layer: LayerWork, prices: Prices, cost: number, highest: number): number {
  const half = cheapestOption(layer, prices, 0.5);
  const { perWorkNs, perLatencyNs, perPj } = prices;
  const timeCost = perWorkNs[layer.type[half]!]! * layer.workNs[half]! + perLatencyNs * layer.latencyNs[half]!;
  return Math.max(timeCost / 2 + perPj * layer.energyPj[half]!, cost - layer.savingNs * highest);
}

/** Index of the cheapest option, with only a share of the costs of time; -1 if there is none. */
function cheapestOption(
  { type, workNs, latencyNs, energyPj }: LayerWork,
  { perWorkNs, perLatencyNs, perPj }: Prices,
  ofTime: number,
): number {
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < type.length; i++) {
    const cost = ofTime * (perWorkNs[type[i]!]! * workNs[i]! + perLatencyNs * latencyNs[i]!) + perPj * energyPj[i]!;
    if (cost < least) [best, least] = [i, cost];
  }
  return best;
}

/**
 * The cheapest way that takes at most `mostNs` from the first layer to the end. Layers may be run in shares, so the
 * pattern is a mixture of two: one that is too long and one that fits. `leastCost` holds whatever the mixture.
 */
export function cheapestWithin(kind: WorkKind, prices: Omit<Prices, "perLatencyNs">, mostNs: number): CheapestPattern {
  const roomNs = mostNs + kind.savingNs;
  const at = (perLatencyNs: number) => cheapestPattern(kind, { ...prices, perLatencyNs });
  let long = at(0);
  if (long.latencyNs <= roomNs || long.leastCost === Infinity) return long;
  // Above this price of time, no saving of work or energy is worth a ns: the pattern is the fastest.
  let low = 0;
  let high = firstGuess(long, prices);
  let short = at(high);
  let leastCost = Math.max(long.leastCost, short.leastCost - high * roomNs);
  for (let i = 0; short.latencyNs > roomNs; i++) {
    if (i === MOST_DOUBLINGS) return { ...short, leastCost };
    [low, high, long] = [high, high * 8, short];
    short = at(high);
    leastCost = Math.max(leastCost, short.leastCost - high * roomNs);
  }
  for (let i = 0; i < BISECTIONS; i++) {
    const price = crossing(long, short, prices) ?? (low + high) / 2;
    if (!(price > low && price < high)) break;
    const middle = at(price);
    leastCost = Math.max(leastCost, middle.leastCost - price * roomNs);
    if (middle.latencyNs === long.latencyNs || middle.latencyNs === short.latencyNs) break;
    if (middle.latencyNs > roomNs) [low, long] = [price, middle];
    else [high, short] = [price, middle];
  }
  return { ...mixture(long, short, (roomNs - short.latencyNs) / (long.latencyNs - short.latencyNs)), leastCost };
}

const MOST_DOUBLINGS = 30;
const BISECTIONS = 12;

/** In the order of what the job costs a ns. */
function firstGuess({ latencyNs, leastCost }: CheapestPattern, { perWorkNs }: Omit<Prices, "perLatencyNs">): number {
  const perNs = latencyNs > 0 ? leastCost / latencyNs : 0;
  return perNs > 0 ? perNs : Math.max(1e-12, ...perWorkNs);
}

/** The price of time at which two patterns cost the same. */
function crossing(long: Pattern, short: Pattern, prices: Omit<Prices, "perLatencyNs">): number | undefined {
  const price = (costOf(short, prices) - costOf(long, prices)) / (long.latencyNs - short.latencyNs);
  return price > 0 && Number.isFinite(price) ? price : undefined;
}

/** Without the price of time. */
export const costOf = (
  { workNs, energyPj }: Pattern,
  { perWorkNs, perPj }: Pick<Prices, "perWorkNs" | "perPj">,
): number => workNs.reduce((sum, ns, type) => sum + ns * perWorkNs[type]!, perPj * energyPj);

function mixture(a: Pattern, b: Pattern, share: number): Pattern {
  const mixed = (one: number, other: number): number => share * one + (1 - share) * other;
  return {
    workNs: a.workNs.map((ns, type) => mixed(ns, b.workNs[type]!)),
    latencyNs: mixed(a.latencyNs, b.latencyNs),
    energyPj: mixed(a.energyPj, b.energyPj),
  };
}
