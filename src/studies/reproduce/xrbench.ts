/**
 * XRBench (Kwon et al., MLSys 2023): scores of the accelerator styles A to M at 4096 and 8192 PEs in the seven usage
 * scenarios, under its greedy runtime. This runs our own models. The artifact's scores are for its own model files;
 * test/metrics/xrbench-artifact.test.ts and test/peers/xrbench.test.ts check rtmm against those.
 */

import { mean } from "../../analysis/statistics/mean.ts";
import type { Claim, FigureTable } from "../../records/reproduction.ts";
import type { ComparisonRuns } from "../compare/run-comparison.ts";
import { text } from "./columns.ts";
import { bySeed, comparisonRuns, inputsOf, meanOver, metric, namesOf, runComparisons } from "./comparison-runs.ts";
import { alone, figure } from "./figures.ts";
import type { Paper, ReproduceSettings } from "./paper.ts";

/** Id and system of each style, without the number of PEs. See docs/references.md#xrbench-accelerators. */
const styles: readonly (readonly [id: string, system: string])[] = [
  ["A", "fda-1-ws"],
  ["B", "fda-1-os"],
  ["C", "fda-1-rs"],
  ["D", "sfda-2-ws"],
  ["E", "sfda-2-os"],
  ["F", "sfda-2-rs"],
  ["G", "hda-2-ws-os-3to1"],
  ["H", "hda-2-ws-os-1to3"],
  ["I", "hda-2-ws-os"],
  ["J", "sfda-4-ws"],
  ["K", "sfda-4-os"],
  ["L", "sfda-4-rs"],
  ["M", "hda-4-ws-os"],
];

const sizes = ["4k", "8k"] as const;
type Size = (typeof sizes)[number];
const peCounts: Readonly<Record<Size, number>> = { "4k": 4096, "8k": 8192 };

const schedulers = [{ label: "xrbench-latency", scheduler: "xrbench-latency" }];

const scenarioHeadings = ["SI-A", "SI-B", "OA-A", "OA-B", "AsA", "ARG", "VRG"];

const differences = [
  "We have no score of the paper to compare with, so the paper's column is empty.",
  "Models are ours, written from the networks' papers; the artifact has its own. Its scores are for its models, so tests that import those models compare them.",
  "Costs are rtmm's MAESTRO model (docs/cost-models.md); the paper used MAESTRO itself.",
  "The runtime is the artifact's greedy one, made exact. The artifact's has whole-ms periods, injects requests late, and lets one dropped frame block all later dependents.",
  "Sensors do not jitter, and plane detection runs at 15 fps, as in the artifact; the paper has jitter, and 30 fps in some scenarios (both from memory).",
  "An accuracy goal counts as met: no accuracies are measured here.",
];

export const xrbench: Paper = {
  name: "xrbench",
  title: "XRBench (MLSys 2023): scores of the accelerator styles A to M",
  seeds: 5,
  hasDuration: true,
  comparisons: (settings) => sizesOf(settings).length * styles.length,
  async measure(settings, bench) {
    const { seeds, durationMs } = settings;
    const sizes = sizesOf(settings);
    const systems = sizes.flatMap((size) => styles.map(([, system]) => `${system}-${size}`));
    const runs = await runComparisons(systems, bench, (system) =>
      comparisonRuns({ scenarios: ["xrbench"], systems: [system], schedulers, seeds, durationMs }, bench),
    );
    const scores = sizes.map((size, i): SizeScores => {
      return { size, byStyle: runs.slice(i * styles.length, (i + 1) * styles.length) };
    });
    return {
      durationMs: durationMs ?? null,
      claims: scores.flatMap(claimsOf),
      differences,
      tables: scores.flatMap((each) => forms.map((form) => scoreTable(each, form))),
      ...namesOf(runs),
      schedulers,
      inputs: inputsOf(runs),
    };
  },
};

const sizesOf = ({ extent }: ReproduceSettings): readonly Size[] => (extent === "quick" ? sizes.slice(0, 1) : sizes);

interface SizeScores {
  readonly size: Size;
  /** By style; the cases of each are all scenarios. */
  readonly byStyle: readonly ComparisonRuns[];
}

const forms = [
  { name: "paper", title: "the paper's form, 0 to 1", metric: "xrbenchScore", unit: "score" },
  { name: "artifact", title: "the artifact's form, 0 to 100", metric: "xrbenchArtifactScore", unit: "points" },
] as const;
type Form = (typeof forms)[number];

/** Scores of one style by scenario, as means over seeds. */
function scoresOf({ byStyle }: SizeScores, style: number, form: Form): readonly (number | undefined)[] {
  const runs = byStyle[style]!;
  return runs.cases.map((_, i) => meanOver(bySeed(runs, i, 0, metric(form.metric))));
}

/** Mean over scenarios. Every scenario has a score. */
const overall = (scores: readonly (number | undefined)[]): number => mean(scores.map((score) => score!));

function scoreTable(scores: SizeScores, form: Form): FigureTable {
  const { unit } = form;
  const column = (name: string, heading: string) => ({ name, heading, unit });
  const names = scores.byStyle[0]!.cases.map(({ scenario }) => scenario);
  return {
    name: `${form.name}-${scores.size}`,
    title: `Scores with ${peCounts[scores.size]} PEs in ${form.title} (mean over seeds)`,
    place: "everywhere",
    columns: [
      text("style", ""),
      text("system"),
      ...names.map((name, i) => column(name, scenarioHeadings[i]!)),
      column("overall", "all"),
    ],
    rows: styles.map(([style, system], index) => {
      const each = scoresOf(scores, index, form);
      const ofScenarios = Object.fromEntries(names.map((name, i) => [name, figure(each[i])]));
      return { style, system: `${system}-${scores.size}`, ...ofScenarios, overall: figure(overall(each)) };
    }),
  };
}

/** The best and the last style overall, in both forms. */
function claimsOf(scores: SizeScores): readonly Claim[] {
  return forms.flatMap((form) => {
    const ranked = styles
      .map(([id], index) => ({ id, score: overall(scoresOf(scores, index, form)) }))
      .sort((a, b) => b.score - a.score);
    return [
      claim(`best at ${scores.size}, ${form.name}'s form: ${ranked[0]!.id}`, ranked[0]!.score, form),
      claim(`last at ${scores.size}, ${form.name}'s form: ${ranked.at(-1)!.id}`, ranked.at(-1)!.score, form),
    ];
  });
}

const claim = (what: string, score: number, { unit }: Form): Claim => ({
  what,
  claimed: null,
  ...alone(score),
  unit,
  differences: [1, 2, 3, 4, 5, 6],
});
