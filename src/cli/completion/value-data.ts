/** What an option or argument takes, told by how it is declared. */

export const namedKinds = [
  "scenario",
  "suite",
  "system",
  "model",
  "scheduler",
  "metric",
  "experiment",
  "ranges",
] as const;

/** Things that have names. */
export type NamedKind = (typeof namedKinds)[number];

export interface ValueData {
  readonly kinds: readonly (NamedKind | "parameter")[];
  /** Besides the names of these kinds. */
  readonly words: readonly string[];
  /** Several values with commas between them. */
  readonly isList: boolean;
  readonly files?: "files" | "folders";
}

interface Declared {
  /** `system` of `--system <name|file>`. */
  readonly name: string;
  /** `name|file`. */
  readonly place: string;
  readonly summary: string;
  readonly choices: readonly string[] | undefined;
}

export function valueDataOf({ name, place, summary, choices }: Declared): ValueData {
  const words = choices ?? wordsIn(summary);
  const kinds = words.length > 0 ? [] : kindsOf(name, place);
  const files = words.length > 0 ? undefined : filesOf(name, place, kinds);
  return { kinds, words, isList: place.endsWith(",…"), ...(files === undefined ? {} : { files }) };
}

/** The name of an argument says what it takes; these say too little. */
const argumentPlaces: Readonly<Record<string, string>> = {
  scenarios: "scenario|suite|file",
  scenario: "scenario|file",
  experiment: "experiment|file",
  scheduler: "scheduler|file",
  a: "scheduler|file",
  b: "scheduler|file",
  input: "scenario|suite|file",
  what: "scenario|suite|file",
  baselines: "file",
  "name|file": `${namedKinds.join("|")}|file`,
};

export const placesOf = (argument: string): string => argumentPlaces[argument] ?? argument;

const optionKinds: Readonly<Record<string, NamedKind>> = {
  system: "system",
  scheduler: "scheduler",
  schedulers: "scheduler",
  baseline: "scheduler",
  metric: "metric",
  objective: "metric",
  within: "ranges",
  a: "scheduler",
  b: "scheduler",
  pareto: "metric",
  join: "model",
};

function kindsOf(name: string, place: string): ValueData["kinds"] {
  if (name.startsWith("param") && place.includes("name=value")) return ["parameter"];
  if (name === "start" || name === "search") return ["parameter"];
  const parts = place.split("|");
  const inPlace = namedKinds.filter((kind) => parts.includes(kind));
  const byName = optionKinds[name];
  return inPlace.length > 0 || byName === undefined ? inPlace : [byName];
}

function filesOf(name: string, place: string, kinds: ValueData["kinds"]): ValueData["files"] {
  if (/file|\.json|^trace$/.test(place) || name === "trace") return "files";
  if (kinds.length === 0 && place.includes("folder")) return "folders";
  return undefined;
}

/** A summary such as `output: table, json (default: table)` names what there is. */
function wordsIn(summary: string): readonly string[] {
  const list = /^(?:output: |size: |one of )?([\w-]+(?:, [\w-]+)+)(?: \(default: [^)]*\))?$/.exec(summary)?.[1];
  return list?.split(", ") ?? [];
}
