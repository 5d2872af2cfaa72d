/** Suite files: a list of scenarios. */
import { didYouMean } from "../input/closest.ts";
import { ProblemList } from "../input/problem-list.ts";
import { quote } from "../input/quote.ts";
import { readYaml } from "../input/read-yaml.ts";
import type { Report } from "../input/report.ts";
import type { Resolver } from "./resolver.ts";

/** Scenarios that are run and scored together. */
export interface Suite {
  readonly name: string;
  readonly title?: string;
  readonly source?: string;
  /** Paths of existing scenario files, in file order; not yet loaded. */
  readonly scenarios: readonly string[];
}

interface SuiteFile extends Omit<Suite, "scenarios"> {
  readonly scenarios: readonly string[];
}

/** Loads a suite. Throws an InputError with all its problems. */
export function loadSuite(path: string, resolver: Resolver): Suite {
  const problems = new ProblemList();
  const checked = readYaml(path, "suite", resolver, problems);
  const file = checked?.value as SuiteFile | undefined;
  const scenarios = checked && Array.isArray(file?.scenarios) ? scenariosOf(file!, path, resolver, checked.report) : [];
  problems.finish(resolver.warn?.bind(resolver));
  return { ...file!, scenarios };
}

function scenariosOf({ scenarios }: SuiteFile, path: string, resolver: Resolver, report: Report): string[] {
  const seen = new Set<string>();
  return scenarios.flatMap((name, i) => {
    const place = ["scenarios", i];
    if (!report.isSound(place)) return [];
    const file = resolver.resolve("scenario", name, path);
    if (file === undefined) {
      const hint = didYouMean(name, resolver.names("scenario", path));
      report.problem(place, "UNKNOWN_NAME", `unknown scenario ${quote(name)}${hint}`);
      return [];
    }
    if (resolver.status(file).kind !== "file") report.problem(place, "MISSING_FILE", `there is no file ${file}`);
    if (seen.has(file)) report.problem(place, "DUPLICATE_ID", `scenario ${quote(name)} is already named above`);
    seen.add(file);
    return [file];
  });
}
