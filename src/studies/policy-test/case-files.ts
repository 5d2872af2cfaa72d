/** A random case as files that `rtmm run` takes. */
import type { RandomCase, RandomTask } from "./random-case.ts";

export const SCENARIO_FILE = "scenario.yaml";
export const SYSTEM_FILE = "system.yaml";
export const COSTS_FILE = "costs.csv";
const FIRST_LINE = "name: failing\n";

/** Whether files of these names are of an earlier case. `texts`: those that are there, by file name. */
export const areCaseFiles = (texts: Readonly<Record<string, string>>): boolean =>
  [SCENARIO_FILE, SYSTEM_FILE].every((file) => texts[file]?.startsWith(FIRST_LINE) === true);

/** Text by file name. */
export function caseFiles(random: RandomCase): Readonly<Record<string, string>> {
  return { [SCENARIO_FILE]: scenarioText(random), [SYSTEM_FILE]: systemText(random), [COSTS_FILE]: costsText(random) };
}

function scenarioText({ tasks, durationMs }: RandomCase): string {
  const lines = tasks.map((task, index) => `  - { ${taskFields(task, index).join(", ")} }`);
  return `${FIRST_LINE}durationMs: ${durationMs}\ntasks:\n${lines.join("\n")}\n`;
}

function taskFields({ parent, ...task }: RandomTask, index: number): string[] {
  const isRoot = parent === 0 || parent > index;
  return [
    `id: t${index}`,
    `model: { name: m${index}, layers: measured }`,
    ...(isRoot
      ? [
          `periodMs: ${task.periodMs}`,
          `offsetMs: ${task.offsetMs}`,
          `jitterMs: ${Math.min(task.jitterMs, task.periodMs)}`,
        ]
      : [`after: { task: t${index - parent}, probability: ${task.probability} }`]),
    `deadlineMs: ${task.deadlineMs}`,
    `priority: ${task.priority}`,
    ...(task.queue === undefined || !isRoot ? [] : [`queue: { limit: ${task.queue}, overflow: drop-oldest }`]),
  ];
}

function systemText({ accelerators }: RandomCase): string {
  const lines = accelerators.map(
    ({ preemption }, index) => `  - { id: a${index}, preemption: [${preemption.join(", ")}] }`,
  );
  return `${FIRST_LINE}costs: table\ntable: ${COSTS_FILE}\ncontextSwitch: off\naccelerators:\n${lines.join("\n")}\n`;
}

/** Every layer can run somewhere: on the first accelerator, if nowhere else. */
function costsText({ tasks, accelerators }: RandomCase): string {
  const rows = tasks.flatMap(({ layersMs }, task) =>
    accelerators.flatMap((_, a) =>
      isAble(layersMs, a) ? layersMs.map((layer, l) => `m${task},a${a},l${l},${layer[a] ?? 1},${(l + 1) / 10}`) : [],
    ),
  );
  return `model,accelerator,layer,latencyMs,energyMj\n${rows.join("\n")}\n`;
}

/** A table measures a model on an accelerator whole or not at all. */
const isAble = (layersMs: RandomTask["layersMs"], accelerator: number): boolean =>
  accelerator === 0 || layersMs.every((layer) => layer[accelerator] !== null);
