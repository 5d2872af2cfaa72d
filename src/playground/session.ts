/** Answers the page's questions. It keeps what is loaded, so that a moved slider costs a simulation and little more. */
import { SchedulerError } from "../core/errors.ts";
import { explain, type JobChoice } from "../explain/explain.ts";
import { InputError } from "../input/input-error.ts";
import type { Problem } from "../input/problem.ts";
import { ProblemList } from "../input/problem-list.ts";
import { RequestError } from "../input/request-error.ts";
import { parseYaml } from "../input/yaml-document.ts";
import { metrics } from "../metrics/index.ts";
import { createRunTimelineLog } from "../records/run-timeline-log.ts";
import { MemoryFiles } from "../request/memory-files.ts";
import { prepare } from "../run/prepare.ts";
import type { FilesInMemory, RunFiles } from "../run/run-files.ts";
import { runOnce } from "../run/run-once.ts";
import type { RunRequest } from "../run/run-setup.ts";
import { variationOf } from "../run/variation.ts";
import { Workbench } from "../run/workbench.ts";
import { schedulers } from "../schedulers/index.ts";
import { factsOf } from "./facts.ts";
import type {
  Answers,
  Ask,
  BarAnswer,
  Catalogue,
  Explained,
  Facts,
  NamedText,
  Refused,
  RunAnswer,
  RunOutcome,
} from "./protocol.ts";
import { fileNames, type PlayFile, type PlayState } from "./state.ts";

/** What is loaded for a set of texts. */
interface Bench {
  readonly key: string;
  readonly files: RunFiles;
  readonly workbench: Workbench;
  readonly warnings: Problem[];
  readonly scenario: string;
  readonly system: string;
  readonly facts: Facts | undefined;
}

export class Session {
  readonly #builtIns: FilesInMemory;
  #bench: Bench | undefined;

  constructor(builtIns: FilesInMemory) {
    this.#builtIns = builtIns;
  }

  async answer(ask: Ask): Promise<Answers[Ask["kind"]]> {
    switch (ask.kind) {
      case "catalogue":
        return this.#catalogue();
      case "run":
        return this.#run(ask.state);
      case "bar":
        return this.#bar(ask.state, ask.scheduler);
      case "explain":
        return this.#explain(ask.state, { kind: "named", task: ask.task, job: ask.job });
      default:
        return ask satisfies never;
    }
  }

  async #run(state: PlayState): Promise<RunAnswer> {
    return { facts: this.#factsOf(state), outcome: await refusals(() => this.#outcome(state)) };
  }

  async #outcome(state: PlayState): Promise<RunOutcome> {
    const { setup, bench } = await this.#prepared(state);
    const { scenario, system } = setup.program;
    const timeline = createRunTimelineLog(scenario, system);
    const { result } = runOnce(setup, { observer: timeline.observer });
    return { kind: "result", result, timeline: timeline.finish(), warnings: bench.warnings };
  }

  async #bar(state: PlayState, scheduler: string): Promise<BarAnswer> {
    return refusals(async () => {
      const { setup } = await this.#prepared({ ...state, scheduler, params: {} });
      return { kind: "metrics", metrics: runOnce(setup).result.metrics };
    });
  }

  async #explain(state: PlayState, choice: JobChoice): Promise<Explained> {
    return refusals(async () => {
      const bench = this.#benchOf(state);
      const request = requestOf(state, bench);
      const { explanation } = await explain(
        { request, choice, detail: "grouped", rescues: "searched" },
        { workbench: bench.workbench, makeRun: runOnce },
      );
      return { kind: "explanation", explanation };
    });
  }

  async #prepared(state: PlayState) {
    const bench = this.#benchOf(state);
    return { bench, setup: await prepare(requestOf(state, bench), bench.workbench) };
  }

  /** undefined if a file is not there or is not YAML. */
  #factsOf(state: PlayState): Facts | undefined {
    try {
      return this.#benchOf(state).facts;
    } catch (error) {
      if (error instanceof RequestError) return undefined;
      throw error;
    }
  }

  #benchOf(state: PlayState): Bench {
    const key = JSON.stringify([state.scenario, state.system, state.files]);
    if (this.#bench?.key !== key) this.#bench = newBench(key, state, this.#builtIns);
    return this.#bench;
  }

  #catalogue(): Catalogue {
    return {
      scenarios: this.#named("workloads/scenarios/"),
      systems: this.#named("hardware/"),
      models: this.#named("workloads/models/").map(({ name, title }) => ({ name, title })),
      schedulers: schedulers.map(({ name, summary, source, parameters }) => ({ name, summary, source, parameters })),
      metrics: metrics
        .filter(({ better }) => better !== "neither")
        .map(({ name, title, unit, better, definition }) => ({ name, title, unit, better, definition })),
    };
  }

  #named(folder: string): readonly NamedText[] {
    return Object.entries(this.#builtIns).flatMap(([path, content]) => {
      if (!path.startsWith(folder) || !path.endsWith(".yaml") || typeof content !== "string") return [];
      const name = path.slice(folder.length, -".yaml".length);
      return [{ name, title: titleIn(content) ?? name, text: content }];
    });
  }
}

/** `title: …` at the start of a line, without its quotes. Parsing all files would take half a second. */
const titleIn = (text: string): string | undefined => /^title: *"?(.*?)"?$/m.exec(text)?.[1];

function newBench(key: string, state: PlayState, builtIns: FilesInMemory): Bench {
  const warnings: Problem[] = [];
  const caller = {
    files: { ...tables(builtIns), ...state.files, ...textsOf(state) },
    schedulers: [],
    warn: (problem: Problem) => void warnings.push(problem),
  };
  const files = new MemoryFiles(caller, builtIns);
  const scenario = files.find("scenario", nameOf(state.scenario, fileNames.scenario));
  const system = files.find("system", nameOf(state.system, fileNames.system));
  const parsed = [scenario, system].map((path) => valueIn(path, files));
  const facts = parsed.includes(undefined) ? undefined : factsOf(parsed[0], parsed[1]);
  return { key, files, workbench: new Workbench(files), warnings, scenario, system, facts };
}

/** An edited copy of a built-in system names its table as if it lay beside it. */
const tables = (builtIns: FilesInMemory): FilesInMemory =>
  Object.fromEntries(
    Object.entries(builtIns).flatMap(([path, content]) =>
      /^hardware\/[^/]+[.]csv$/.test(path) ? [[path.slice("hardware/".length), content]] : [],
    ),
  );

function textsOf({ scenario, system }: PlayState): Readonly<Record<string, string>> {
  return {
    ...(scenario.text !== undefined && { [fileNames.scenario]: scenario.text }),
    ...(system.text !== undefined && { [fileNames.system]: system.text }),
  };
}

const nameOf = ({ name, text }: PlayFile, fileName: string): string => (text === undefined ? name : fileName);

function valueIn(path: string, files: RunFiles): unknown {
  return files.status(path).kind === "file"
    ? parseYaml(path, new TextDecoder().decode(files.read(path)), new ProblemList())?.value
    : undefined;
}

function requestOf(state: PlayState, bench: Bench): RunRequest {
  const { params, seed, durationMs, warmupMs = 0, set, rateScale } = state;
  return {
    scenario: bench.scenario,
    system: bench.system,
    scheduler: state.scheduler,
    parameters: params,
    seed,
    durationMs,
    warmupMs,
    variation: variationOf({ set, rateScale }),
  };
}

/** What a user can mend is an answer; anything else is thrown. */
async function refusals<Answer>(work: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) return { kind: "problems", problems: error.problems };
    if (error instanceof RequestError || error instanceof SchedulerError)
      return { kind: "message", message: error.message };
    throw error;
  }
}
