/** The command that repeats on the command line what the playground shows. */
import { fileNames, type PlayFile, type PlayState } from "./state.ts";

/** Words of the command after `rtmm`, as a shell would pass them. */
export function commandWords(state: PlayState): readonly string[] {
  const { scenario, system, scheduler, params, seed, durationMs, warmupMs, set, rateScale } = state;
  return [
    ...["run", wordOf(scenario, fileNames.scenario)],
    ...["--system", wordOf(system, fileNames.system)],
    ...["--scheduler", scheduler],
    ...Object.entries(params).flatMap(([name, value]) => ["--param", `${name}=${value}`]),
    ...(seed === 1 ? [] : ["--seed", String(seed)]),
    ...(durationMs === undefined ? [] : ["--duration-ms", String(durationMs)]),
    ...(warmupMs === undefined ? [] : ["--warmup-ms", String(warmupMs)]),
    ...Object.entries(set).flatMap(([place, value]) => ["--set", `${place}=${value}`]),
    ...rateWords(rateScale),
  ];
}

/** The same for a person to copy, with quotes where a shell needs them. */
export const commandText = (state: PlayState): string => ["rtmm", ...commandWords(state)].map(quoted).join(" ");

const wordOf = ({ name, text }: PlayFile, fileName: string): string => (text === undefined ? name : `./${fileName}`);

function rateWords(scale: PlayState["rateScale"]): readonly string[] {
  if (typeof scale === "number") return scale === 1 ? [] : ["--rate-scale", String(scale)];
  const factors = Object.entries(scale).map(([id, factor]) => `${id}=${factor}`);
  return factors.length === 0 ? [] : ["--rate-scale", factors.join(",")];
}

const quoted = (word: string): string => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
