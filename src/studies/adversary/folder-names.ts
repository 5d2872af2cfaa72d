/** Names of the files in the folder of a search. */

/** What was found. */
export const caseNames = {
  scenario: "scenario.yaml",
  system: "system.yaml",
  foundScenario: "found-scenario.yaml",
  foundSystem: "found-system.yaml",
  story: "story.md",
  result: "result.json",
} as const;

export const MANIFEST_FILE = "search.json";
export const JOURNAL_FILE = "evaluations.jsonl";
/** Of every pair. */
export const MATRIX_FILE = "matrix.json";
