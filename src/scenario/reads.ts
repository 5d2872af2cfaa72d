/** What a task reads of other tasks, whether it is a display, and its queue. */
import type { Task } from "../core/scenario.ts";
import { didYouMean } from "../input/closest.ts";
import { quote } from "../input/quote.ts";
import { isOn } from "../input/switch-value.ts";
import { type ScenarioContext, soundField } from "./scenario-context.ts";

/** Fields of a task; those that its file leaves out are left out. */
export function pipelineFields(
  context: ScenarioContext,
  taskIndex: number,
): Pick<Task, "reads" | "isDisplay" | "queue"> {
  const reads = readsOf(context, taskIndex);
  const display = soundField(context, taskIndex, "display");
  const queue = soundField(context, taskIndex, "queue");
  return {
    ...(reads.length > 0 && { reads }),
    ...(display !== undefined && isOn(display) && { isDisplay: true as const }),
    ...(queue !== undefined && { queue }),
  };
}

/** Any task may be read, itself too: nothing waits, so there are no cycles. */
function readsOf(context: ScenarioContext, taskIndex: number): readonly number[] {
  const { report, indexOf } = context;
  const reads = soundField(context, taskIndex, "reads") ?? [];
  const found: number[] = [];
  for (const [i, name] of [reads].flat().entries()) {
    const place = ["tasks", taskIndex, "reads", ...(typeof reads === "string" ? [] : [i])];
    const task = indexOf.get(name);
    if (task === undefined)
      report.problem(place, "UNKNOWN_NAME", `unknown task ${quote(name)}${didYouMean(name, indexOf.keys())}`);
    else if (found.includes(task)) report.problem(place, "DUPLICATE_ID", `task "${name}" is already named above`);
    else found.push(task);
  }
  return found;
}
