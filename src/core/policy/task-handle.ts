/** What a policy sees of a task. */
import type { Program, TaskProgram } from "../program.ts";
import type { AcceleratorView, LayerCosts, TaskView } from "../scheduler.ts";
import { LayerCostsHandle } from "./layer-costs-handle.ts";

export class TaskHandle implements TaskView {
  readonly index: number;
  readonly id: string;
  readonly modelName: string;
  readonly priority: number;
  readonly ratePerS: number | undefined;
  readonly parents: readonly number[];
  readonly children: readonly number[];
  readonly probability: number;
  readonly variantNames: readonly string[];
  readonly deadlineNs: number;
  readonly #program: Program;
  readonly #task: TaskProgram;

  constructor(index: number, program: Program) {
    const compiled = program.tasks[index]!;
    const { task } = compiled;
    this.index = index;
    this.id = task.id;
    this.modelName = task.model.name;
    this.priority = task.priority;
    this.ratePerS = rateOf(program, index);
    this.parents = compiled.parents;
    this.children = compiled.children;
    this.probability = compiled.probability;
    this.variantNames = task.model.variants.map((variant) => variant.name);
    this.deadlineNs = task.deadlineNs;
    this.#program = program;
    this.#task = compiled;
  }

  isolatedNs(accelerator: AcceleratorView, variantIndex = 0): number {
    return this.#task.wholeNs[variantIndex]![this.#program.fullColumn[accelerator.index]!]!;
  }

  isolatedPj(accelerator: AcceleratorView, variantIndex = 0): number {
    return this.#task.wholePj[variantIndex]![this.#program.fullColumn[accelerator.index]!]!;
  }

  layerCosts(variantIndex = 0): LayerCosts {
    return new LayerCostsHandle(this.#program, this.#task.firstRow[variantIndex]!, this.#task.endRow[variantIndex]!);
  }
}

/** Rate of a task's root, jobs per second. */
function rateOf(program: Program, taskIndex: number): number | undefined {
  const { release } = program.tasks[taskIndex]!.task;
  if (release.kind === "after") return rateOf(program, release.taskIndexes[0]!);
  if (release.kind === "periodic") return release.fps;
  return release.kind === "poisson" ? release.ratePerS : undefined;
}
