/** What the playground shows first, from a command line: files that it names travel along as text. */
import { dirname, relative, resolve, sep } from "node:path";
import type { Library } from "../files/library.ts";
import { readText } from "../input/file-source.ts";
import { InputError } from "../input/input-error.ts";
import { isPath } from "../input/is-path.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import { firstState, MOST_TEXT, type PlayFile, type PlayState } from "../playground/state.ts";
import type { InputFile } from "../records/run-result.ts";
import { findScheduler } from "../run/find-scheduler.ts";
import { givenParameters } from "../run/given-parameters.ts";
import { Workbench } from "../run/workbench.ts";

/** As on the command line; what is left out is as the page begins. */
export interface PlaySettings {
  readonly scenario: string;
  readonly system: string;
  readonly scheduler: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly durationMs: number | undefined;
  readonly warmupMs: number | undefined;
}

/** Throws RequestError for what cannot be shown. Files with mistakes can: the page has an editor. */
export async function playState(settings: PlaySettings, library: Library): Promise<PlayState> {
  const scenario = library.find("scenario", settings.scenario);
  const system = library.find("system", settings.system);
  const workbench = new Workbench(library);
  const files = { ...filesBeside(scenario, () => workbench.scenario(scenario).inputs, library) };
  for (const [path, text] of Object.entries(filesBeside(system, () => workbench.system(system).inputs, library))) {
    if ((files[path] ?? text) !== text)
      throw new RequestError(`scenario and system name two files ${path} that differ; put both in one folder`);
    files[path] = text;
  }
  return {
    ...firstState,
    scenario: shownFile("scenario", settings.scenario, scenario, library),
    system: shownFile("system", settings.system, system, library),
    ...(await shownScheduler(settings, library)),
    seed: settings.seed,
    durationMs: settings.durationMs,
    warmupMs: settings.warmupMs,
    files,
  };
}

/** A built-in goes by its name; a file's text goes along. */
function shownFile(kind: "scenario" | "system", given: string, path: string, library: Library): PlayFile {
  if (library.origin(path).from === "built-in") return { name: given };
  return { name: kind, text: textAt(path, library) };
}

async function shownScheduler({ scheduler: name, params }: PlaySettings, library: Library) {
  if (isPath(name))
    throw new RequestError(`the playground runs built-in schedulers only, not ${name} (docs/playground.md says why)`);
  const { scheduler } = await findScheduler(name, library);
  const { values, problems } = givenParameters(scheduler, params);
  if (problems.length > 0) throw new RequestError(problems.map(({ message }) => message).join("\n"));
  const given = Object.keys(params).map((key) => [key, values[key]!] as const);
  return { scheduler: name, params: Object.fromEntries(given) };
}

/** The user's files that a file names, by path from it. None if it has mistakes: the page tells of those. */
function filesBeside(
  main: string,
  inputs: () => readonly InputFile[],
  library: Library,
): Readonly<Record<string, string>> {
  const folder = dirname(resolve(library.cwd, main));
  try {
    const own = inputs().filter(({ from, path }) => from === "file" && path !== main);
    return Object.fromEntries(
      own.map(({ path }) => {
        const name = relative(folder, resolve(library.cwd, path)).split(sep).join("/");
        return [name, textAt(path, library)];
      }),
    );
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}

/** Throws an InputError for a file that is no text, RequestError for one that is too large for an editor. */
function textAt(path: string, library: Library): string {
  const problems = new ProblemList();
  const text = readText(path, library, problems);
  problems.finish();
  if (text!.length <= MOST_TEXT) return text!;
  throw new RequestError(`${path} has ${text!.length} letters; the playground takes files of up to ${MOST_TEXT}`);
}
