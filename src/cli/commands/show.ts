/** `rtmm show`: describes one thing that rtmm knows. */
import { Option } from "commander";
import { solverOr } from "../../analysis/solver/index.ts";
import {
  describeMetric,
  describeModel,
  describeScenario,
  describeScheduler,
  describeSuite,
  describeSystem,
} from "../../describe/index.ts";
import type { Library } from "../../files/library.ts";
import { type Subject, type SubjectKind, subjectKinds, subjectsNamed } from "../../files/subject.ts";
import { RequestError } from "../../input/request-error.ts";
import { curves, metrics } from "../../metrics/index.ts";
import { type Description, renderBlocks } from "../../output/description.ts";
import { jsonText } from "../../output/json.ts";
import { findScheduler } from "../../run/find-scheduler.ts";
import { LARGEST_SEED } from "../../run/settings.ts";
import { Workbench } from "../../run/workbench.ts";
import { loadModel } from "../../scenario/load-model.ts";
import { loadSuite } from "../../scenario/load-suite.ts";
import { scenarioOfSeed } from "../../scenario/multi-tenant.ts";
import type { CommandDefinition, Invocation } from "../command.ts";
import { exitCode } from "../exit-codes.ts";
import { noteInputWarnings } from "../notes.ts";
import { openLibrary } from "../open-library.ts";
import { declareFormat, formatNamed } from "../options/format-option.ts";
import { wholeNumber } from "../options/run-options.ts";

const formats = (["table", "json"] as const).map((name) => ({ name }));

interface ShowOptions {
  readonly system?: string;
  readonly kind?: SubjectKind;
  readonly seed: number;
  readonly format?: string;
}

export const command: CommandDefinition<ShowOptions> = {
  examples: [
    { command: "rtmm show vr-gaming", meaning: "show its pipeline and its computations per second" },
    {
      command: "rtmm show vr-gaming --system hda-2-ws-os-4k",
      meaning: "also show the load on each accelerator, and whether any policy can meet the deadlines",
    },
    { command: "rtmm show edf", meaning: "show a scheduler's source and parameters" },
  ],
  declare(declaration) {
    const declared = declaration
      .argument("<name|file>", "scenario, suite, model, system, scheduler or metric")
      .option("-S, --system <name|file>", "scenarios only: show the load on this system")
      .addOption(new Option("--kind <kind>", "kind of thing, if the name is ambiguous").choices(subjectKinds))
      .addOption(new Option("--seed <n>", "scenarios only: seed of the random draws").default(1).argParser(seedNumber));
    declareFormat(declared, formats);
  },
  async run(invocation) {
    const workbench = new Workbench(openLibrary(invocation));
    const subject = chosenSubject(invocation, workbench.files);
    const description = await describe(subject, invocation, workbench);
    noteInputWarnings(workbench.files.warnings, invocation);
    invocation.print(rendered(description, invocation));
    return exitCode.ok;
  },
};

const seedNumber = wholeNumber(0, LARGEST_SEED);

function chosenSubject({ args, options, note }: Invocation<ShowOptions>, library: Library): Subject {
  const [name = ""] = args;
  const kinds = options.kind === undefined ? subjectKinds : [options.kind];
  const [subject, ...others] = subjectsNamed(name, kinds, library);
  if (options.system !== undefined && subject!.kind !== "scenario") {
    throw new RequestError(`--system is for scenarios; "${name}" is a ${subject!.kind}`);
  }
  if (others.length > 0) {
    const kinds = others.map(({ kind }) => `a ${kind} (--kind ${kind})`).join(" and ");
    note(`"${name}" is also ${kinds}; showing the ${subject!.kind}`);
  }
  return subject!;
}

async function describe(
  { kind, name }: Subject,
  invocation: Invocation<ShowOptions>,
  workbench: Workbench<Library>,
): Promise<Description> {
  const { files: library } = workbench;
  switch (kind) {
    case "scenario":
      return describedScenario(name, invocation, workbench);
    case "suite": {
      const suite = loadSuite(name, library);
      return describeSuite(
        suite,
        name,
        suite.scenarios.map((path) => workbench.scenario(path).value),
      );
    }
    case "model":
      return describeModel(loadModel(name, library), name);
    case "system":
      return describeSystem(workbench.system(name).value, name);
    case "scheduler": {
      const { scheduler, files } = await findScheduler(name, library);
      return describeScheduler(scheduler, files[0]?.path);
    }
    case "metric":
      return describeMetric([...metrics, ...curves].find((metric) => metric.name === name)!);
    default:
      return kind satisfies never;
  }
}

async function describedScenario(
  path: string,
  { options: { system, seed }, note }: Invocation<ShowOptions>,
  workbench: Workbench<Library>,
): Promise<Description> {
  const scenario = scenarioOfSeed(workbench.scenario(path).value, seed);
  if (system === undefined) return describeScenario(scenario, path, seed);
  const loaded = workbench.system(workbench.files.find("system", system)).value;
  const models = scenario.tasks.map((task) => task.model);
  const costs = workbench.costs(models, loaded);
  const solver = await solverOr((reason) => note(`note: no feasibility on ${loaded.name}: ${reason}`));
  return describeScenario(scenario, path, seed, solver && { system: loaded, costs, solver });
}

const rendered = ({ record, blocks }: Description, { options, textOptions }: Invocation<ShowOptions>): string =>
  formatNamed(options.format ?? "table", formats).name === "json"
    ? jsonText(record)
    : renderBlocks(blocks, textOptions);
