/** Repeats the explained run with a change, and says what becomes of the job. */
import { listenToEnds } from "../core/events.ts";
import { jobOutcome } from "../core/job-outcome.ts";
import { compile, type Program } from "../core/program.ts";
import type { JobRecord } from "../core/records.ts";
import type { Scenario, Task } from "../core/scenario.ts";
import { modelsOf } from "../core/scenario.ts";
import { InputError } from "../input/input-error.ts";
import { RequestError } from "../input/request-error.ts";
import { prepare } from "../run/prepare.ts";
import type { MakeRun } from "../run/run-once.ts";
import type { RunRequest, RunSetup } from "../run/run-setup.ts";
import type { Workbench } from "../run/workbench.ts";
import type { JobIndexes } from "./chosen-job.ts";

/** What becomes of the job in a changed run; undefined: there is no such job. */
export type Fate = JobRecord | undefined;

export const isSaved = (fate: Fate): boolean => fate !== undefined && jobOutcome(fate) === "met";

export interface RerunContext {
  readonly request: RunRequest;
  readonly setup: RunSetup;
  readonly job: JobIndexes;
  readonly workbench: Workbench;
  readonly makeRun: MakeRun;
}

export class Reruns {
  readonly context: RerunContext;

  constructor(context: RerunContext) {
    this.context = context;
  }

  /** With other tasks. A task keeps its index, so that all draws stay the same. */
  withTasks(change: (task: Task, index: number) => Task): Fate {
    const { setup } = this.context;
    const { scenario, system } = setup.program;
    const changed: Scenario = { ...scenario, tasks: scenario.tasks.map(change) };
    const costs = this.context.workbench.costs(modelsOf(scenario), system);
    return this.#fateIn({ ...setup, program: compile(changed, system, costs) });
  }

  /** With another rate of one task; undefined: its rate cannot be scaled. */
  async withRate(taskId: string, factor: number): Promise<{ readonly fate: Fate } | undefined> {
    const { request, setup, workbench } = this.context;
    const rateScale = scaledRate(request, setup.program, taskId, factor);
    try {
      const changed = await prepare({ ...request, variation: { ...request.variation, rateScale } }, workbench);
      return { fate: this.#fateIn(changed) };
    } catch (error) {
      if (error instanceof InputError || error instanceof RequestError) return undefined;
      throw error;
    }
  }

  #fateIn(setup: RunSetup): Fate {
    const { taskIndex, jobIndex } = this.context.job;
    let fate: Fate;
    const observer = listenToEnds((job) => {
      if (job.taskIndex === taskIndex && job.jobIndex === jobIndex) fate = job;
    });
    this.context.makeRun(setup, { observer });
    return fate;
  }
}

/** On top of the scale of the explained run. */
function scaledRate({ variation }: RunRequest, { scenario }: Program, taskId: string, factor: number) {
  const before = variation?.rateScale ?? {};
  if (typeof before !== "number") return { ...before, [taskId]: (before[taskId] ?? 1) * factor };
  const rated = scenario.tasks.filter(hasRate).map(({ id }) => [id, before] as const);
  return { ...Object.fromEntries(rated), [taskId]: before * factor };
}

/** Whether `--rate-scale` applies to it. */
export const hasRate = ({ release }: Task): boolean => release.kind === "periodic" || release.kind === "poisson";
