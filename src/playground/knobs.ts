/** The sliders: what can be changed, between which values, and what a slider's position means. */
import type { AcceleratorFacts, Facts } from "./protocol.ts";
import { type PlayState, withSetting, withTaskRate } from "./state.ts";

export interface Knob {
  /** Unique among the knobs of a page. */
  readonly key: string;
  readonly group: "rates" | "system" | "run";
  readonly label: string;
  readonly unit: string;
  /** Of the file. */
  readonly base: number;
  readonly value: number;
  /** From small to large; the base is one of them. */
  readonly steps: readonly number[];
  /** The state with another of the steps. */
  changed(state: PlayState, value: number): PlayState;
}

/** All sliders for a state. Those of values that the files do not state are left out. */
export function knobsOf(state: PlayState, facts: Facts): readonly Knob[] {
  return [...rateKnobs(state, facts), ...systemKnobs(state, facts), ...durationKnobs(state, facts)];
}

/** Takes back what no slider of these files shows, such as the rate of a task that was edited away. */
export function withoutStrays(state: PlayState, facts: Facts): PlayState {
  const places = new Set(systemKnobs(state, facts).map(({ key }) => key));
  const set = Object.entries(state.set).filter(([place]) => places.has(place));
  const rated = ratedIds(facts);
  const { rateScale } = state;
  const rates = typeof rateScale === "number" ? [] : Object.entries(rateScale).filter(([id]) => rated.includes(id));
  const isScalable = facts.isGenerated || rated.length > 0;
  return {
    ...state,
    set: Object.fromEntries(set),
    rateScale: typeof rateScale === "number" ? (isScalable ? rateScale : 1) : noneOr(Object.fromEntries(rates)),
  };
}

const noneOr = (factors: Readonly<Record<string, number>>): PlayState["rateScale"] =>
  Object.keys(factors).length === 0 ? 1 : factors;

/** Two digits between 1 and 10: finer than a hand can tell, and short to read. */
const FACTORS = [
  ...[0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  ...[1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4, 1.45, 1.5, 1.55, 1.6, 1.65, 1.7, 1.75, 1.8, 1.85, 1.9, 1.95],
  ...[2, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 3, 3.2, 3.4, 3.6, 3.8, 4],
];

const ratedIds = ({ tasks }: Facts): readonly string[] =>
  tasks.flatMap(({ id, ratePerS }) => (ratePerS === undefined ? [] : [id]));

function rateKnobs(state: PlayState, facts: Facts): readonly Knob[] {
  const rated = ratedIds(facts);
  if (rated.length === 0 && !facts.isGenerated) return [];
  const { rateScale } = state;
  const all: Knob = {
    key: "rates",
    group: "rates",
    label: "all rates",
    unit: "×",
    base: 1,
    value: typeof rateScale === "number" ? rateScale : 1,
    steps: stepsWith(FACTORS, typeof rateScale === "number" ? rateScale : 1),
    changed: (before, rate) => ({ ...before, rateScale: rate }),
  };
  const own = facts.tasks.flatMap(({ id, ratePerS }): readonly Knob[] => {
    if (ratePerS === undefined) return [];
    const factor = typeof rateScale === "number" ? rateScale : (rateScale[id] ?? 1);
    return [
      {
        key: `rates.${id}`,
        group: "rates",
        label: id,
        unit: "/s",
        base: ratePerS,
        value: factor * ratePerS,
        steps: stepsWith(FACTORS, factor).map((each) => each * ratePerS),
        changed: (before, rate) =>
          withTaskRate(before, id, nearest(stepsWith(FACTORS, factor), rate / ratePerS), rated),
      },
    ];
  });
  return [all, ...own];
}

function systemKnobs(state: PlayState, facts: Facts): readonly Knob[] {
  const { accelerators, bandwidthGBs } = facts;
  const memory = placeKnobs(state, "memory bandwidth", "GB/s", "system.memory.bandwidthGBs", bandwidthGBs);
  return [...accelerators.flatMap((each, index) => acceleratorKnobs(state, each, index)), ...memory];
}

function acceleratorKnobs(state: PlayState, facts: AcceleratorFacts, index: number): readonly Knob[] {
  const { id, count, pes, nocElementsPerCycle, clockGHz, offChipGBs } = facts;
  const name = count === 1 ? id : `${id} (each of ${count})`;
  const at = `system.accelerators[${index}]`;
  return [
    ...placeKnobs(state, `${name} PEs`, "PEs", `${at}.pes`, pes),
    ...placeKnobs(state, `${name} NoC`, "elements/cycle", `${at}.nocElementsPerCycle`, nocElementsPerCycle),
    ...placeKnobs(state, `${name} clock`, "GHz", `${at}.clockGHz`, clockGHz),
    ...placeKnobs(state, `${name} off-chip`, "GB/s", `${at}.offChip.bandwidthGBs`, offChipGBs),
  ];
}

const WHOLE = new Set(["PEs", "elements/cycle"]);
/** Powers of two and what lies half-way between them, as sizes of hardware usually are. */
const SIZES = [
  1 / 16,
  3 / 32,
  1 / 8,
  3 / 16,
  1 / 4,
  3 / 8,
  1 / 2,
  5 / 8,
  3 / 4,
  7 / 8,
  1,
  5 / 4,
  3 / 2,
  7 / 4,
  2,
  3,
  4,
];

/** None if the file does not state the value. */
function placeKnobs(
  state: PlayState,
  label: string,
  unit: string,
  place: string,
  base: number | undefined,
): readonly Knob[] {
  if (base === undefined) return [];
  const value = state.set[place] ?? base;
  const sizes = SIZES.map((size) => rounded(base * size, unit)).filter((size) => size > 0);
  return [
    {
      key: place,
      group: "system",
      label,
      unit,
      base,
      value,
      steps: stepsWith([...new Set([...sizes, base])], value),
      changed: (before, chosen) => withSetting(before, place, chosen === base ? undefined : chosen),
    },
  ];
}

const rounded = (value: number, unit: string): number =>
  WHOLE.has(unit) ? Math.round(value) : Number(value.toPrecision(6));

const LENGTHS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

function durationKnobs({ durationMs }: PlayState, facts: Facts): readonly Knob[] {
  const { durationMs: base } = facts;
  if (base === undefined) return [];
  const value = durationMs ?? base;
  return [
    {
      key: "duration",
      group: "run",
      label: "duration",
      unit: "ms",
      base,
      value,
      steps: stepsWith(
        LENGTHS.map((length) => Number((length * base).toPrecision(6))).filter((length) => length <= 1e9),
        value,
      ),
      changed: (before, chosen) => ({ ...before, durationMs: chosen === base ? undefined : chosen }),
    },
  ];
}

/** A value from a link or the file may lie between the steps. */
const stepsWith = (steps: readonly number[], value: number): readonly number[] =>
  [...new Set([...steps, value])].sort((a, b) => a - b);

const nearest = (steps: readonly number[], value: number): number =>
  steps.reduce((best, step) => (Math.abs(step - value) < Math.abs(best - value) ? step : best));

/** Index of the step that is nearest to the value. */
export const stepOf = ({ steps, value }: Knob): number => steps.indexOf(nearest(steps, value));
