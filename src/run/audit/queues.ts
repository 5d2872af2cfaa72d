/** A full queue takes no further job: the job that its overflow names is dropped, and no other one. */
import type { RunEvent } from "../../core/events.ts";
import type { Queue } from "../../core/scenario.ts";
import { keyOf, type Named, nameOf } from "./log.ts";
import type { RunLog } from "./run-log.ts";

export function queueFindings(log: RunLog): string[] {
  const { program } = log;
  return program.tasks.flatMap(({ task: { queue } }, taskIndex) => {
    const course = log.course.filter((event) => event.taskIndex === taskIndex);
    return queue === undefined ? dropsWithoutQueue(log, taskIndex) : overflowFindings(log, queue, course);
  });
}

function dropsWithoutQueue({ program, jobs }: RunLog, taskIndex: number): string[] {
  return jobs
    .filter((job) => job.taskIndex === taskIndex && (job.dropReason === "queue" || job.dropReason === "refused"))
    .map((job) => `${nameOf(program, job)} was dropped by a queue that its task does not have`);
}

function overflowFindings(log: RunLog, queue: Queue, course: readonly RunEvent[]): string[] {
  const findings: string[] = [];
  const waiting: string[] = [];
  for (const [i, event] of course.entries()) {
    if (event.taskIndex === undefined || event.jobIndex === undefined) continue;
    const job = { taskIndex: event.taskIndex, jobIndex: event.jobIndex };
    const wrong = wrongStep(queue, waiting, event, course[i + 1]);
    if (wrong !== undefined) findings.push(`${nameOf(log.program, job)} ${wrong} at ${event.timeNs} ns`);
    if (event.kind === "jobReleased") waiting.push(keyOf(job));
    const at = waiting.indexOf(keyOf(job));
    if (at >= 0 && (event.kind === "jobDispatched" || event.kind === "jobDropped")) waiting.splice(at, 1);
  }
  return findings;
}

/** What is wrong with an event of the task, given the jobs that wait before it; undefined: nothing. */
function wrongStep(
  { limit, overflow }: Queue,
  waiting: readonly string[],
  event: RunEvent,
  next: RunEvent | undefined,
): string | undefined {
  const isFull = waiting.length === limit;
  if (event.kind === "jobReleased") {
    const isDroppedAtOnce = next?.kind === "jobDropped" && next.dropReason === "queue" && isSame(next, event);
    const isTooMuch = isFull && !(overflow === "drop-newest" && isDroppedAtOnce);
    return isTooMuch ? "came to wait in a full queue" : undefined;
  }
  if (event.kind !== "jobDropped") return undefined;
  if (event.dropReason === "refused")
    return overflow === "refuse" && isFull ? undefined : "was refused by a queue with room";
  if (event.dropReason !== "queue") return undefined;
  if (overflow === "drop-newest")
    return waiting.length === limit + 1 && waiting[limit] === keyOf(event)
      ? undefined
      : "was dropped by a queue with room";
  const makesRoom = next?.kind === "jobReleased" && next.timeNs === event.timeNs;
  const isRight = overflow === "drop-oldest" && isFull && waiting[0] === keyOf(event) && makesRoom;
  return isRight ? undefined : "was dropped by a queue, but was not the oldest of a full one";
}

const isSame = (a: Named, b: Named): boolean => a.taskIndex === b.taskIndex && a.jobIndex === b.jobIndex;
