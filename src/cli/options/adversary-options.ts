/** The options of `rtmm adversary`. */
import type { Command } from "commander";
import { adversaryFormats } from "../../output/adversary/index.ts";
import {
  adversaryDefaults,
  MOST_BUDGET,
  MOST_CHAINS,
  type SearchSettings,
  usualChains,
} from "../../studies/adversary/settings.ts";
import { declareFormat } from "./format-option.ts";
import { declareJobs, type JobsOption } from "./jobs-option.ts";
import { declareSeeds, listed, positive, type SeedOptions, seedsOf, wholeNumber } from "./run-options.ts";
import { declareParams } from "./scheduler-options.ts";

export interface AdversaryOptions extends SeedOptions, JobsOption {
  readonly a?: string;
  readonly b?: string;
  readonly bound?: true;
  readonly all?: true;
  readonly schedulers?: readonly string[];
  readonly page?: string;
  readonly param?: readonly string[];
  readonly params?: readonly string[];
  readonly metric: string;
  readonly within: string;
  readonly budget: number;
  readonly chains?: number;
  readonly keep: number;
  readonly out?: string;
  readonly resume?: true;
  readonly format?: string;
}

export function declareAdversary(declaration: Command): void {
  const { metric, within, seeds, budget, keep } = adversaryDefaults;
  const sides = declaration
    .option("--a <name|file>", "scheduler whose loss is looked for")
    .option("--b <name|file>", "scheduler that it loses to")
    .option(
      "--bound",
      "in place of --b, or with --all beside the pairs: the proven bound; where is a scheduler farthest from it?",
    )
    .option("--all", "search every pair of schedulers")
    .option("-s, --schedulers <name|file,…>", "with --all: these (default: the built-in schedulers)", listed)
    .option("--page <file.md>", "with --all: write a page of where each scheduler loses, with pictures beside it");
  const common = declareParams(sides)
    .option("-m, --metric <name>", "metric in which it loses", metric)
    .option("--within <name|file>", "ranges to search in", within)
    .option("--budget <n>", "scenarios to try", wholeNumber(1, MOST_BUDGET), budget)
    .option(
      "--chains <n>",
      "independent searches that share the budget (default: 8, or fewer of at least 100 scenarios each)",
      wholeNumber(1, MOST_CHAINS),
    )
    .option("--keep <share>", "share of the loss that the smallest scenario has to show", positive(1), keep)
    .option("-o, --out <folder>", "folder for what is found (default: results/adversary/<a>-vs-<b>, or all)")
    .option("--resume", "continue the folder's search");
  declareFormat(declareJobs(declareSeeds(common, seeds)), adversaryFormats);
}

export function searchSettings(options: AdversaryOptions): SearchSettings {
  const { param = [], params = [], metric, within, budget, keep, chains = usualChains(budget) } = options;
  const seeds = seedsOf(options, adversaryDefaults.seeds);
  return { params: param, paramsFiles: params, metric, within, seeds, budget, chains, keep };
}
