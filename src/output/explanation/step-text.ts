/** The steps of a story in words. */
import type {
  DroppedStep,
  ExplainedJob,
  JobName,
  Judgement,
  PassedOverStep,
  RanStep,
  ReleasedStep,
  Step,
} from "../../records/explanation.ts";
import { counted, firstOf } from "../words.ts";

/** A step as a line, with the decision that shows best how the job stood. */
export interface StepText {
  /** ms. */
  readonly when: string;
  readonly what: string;
  readonly judgement?: Judgement | undefined;
}

/** To the µs. */
export const msText = (ms: number): string => ms.toFixed(3);
export const jobText = ({ task, job }: JobName): string => `${task}#${job}`;

export function stepText(step: Step, job: ExplainedJob): StepText {
  switch (step.kind) {
    case "released":
      return { when: msText(step.atMs), what: releasedText(step, job) };
    case "read":
      return { when: msText(step.atMs), what: readText(step.reads) };
    case "passedOver":
      return { when: spanText(step), what: passedOverText(step), judgement: step.first };
    case "heldBack":
      return {
        when: spanText(step),
        what: `waited: the policy picked nobody${timesText(step.decisions)}, ${step.first.rule}`,
      };
    case "ran":
      return { when: spanText(step), what: ranText(step), judgement: step.first };
    case "preempted":
      return {
        when: msText(step.atMs),
        what: `preempted by ${step.how}${rivalText(step.why, job)}${because(step.why)}`,
        judgement: step.why,
      };
    case "variantChosen":
      return {
        when: msText(step.atMs),
        what: `variant ${step.to} instead of ${step.from}${because(step.why)}`,
        judgement: step.why,
      };
    case "completed":
      return { when: msText(step.atMs), what: `completed${againstDeadline(job)}` };
    case "dropped":
      return { when: msText(step.atMs), what: `dropped: ${dropText(step)}`, judgement: step.why };
    default:
      return step satisfies never;
  }
}

const spanText = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string =>
  fromMs === toMs ? msText(fromMs) : `${msText(fromMs)} to ${msText(toMs)}`;

const timesText = (times: number): string => (times === 1 ? "" : ` in ${times} decisions`);
const because = (why: Judgement | undefined): string => (why === undefined ? "" : `: ${why.rule}`);

function rivalText(why: Judgement | undefined, job: JobName): string {
  const rival = why?.candidates.find((each) => each.task !== job.task || each.job !== job.job);
  return rival === undefined ? "" : ` for ${jobText(rival)}`;
}

function releasedText({ atMs, parents }: ReleasedStep, { frameReleaseMs, deadlineMs }: ExplainedJob): string {
  const afterMs = msText(atMs - frameReleaseMs);
  const deadline = deadlineMs === null ? "no deadline" : `deadline ${msText(deadlineMs)}`;
  if (parents.length === 0)
    return `released${atMs === frameReleaseMs ? "" : ` ${afterMs} after its frame`}; ${deadline}`;
  const waited = parents.map((parent) => `${jobText(parent)} (completed ${msText(parent.completionMs)})`);
  return `released ${afterMs} after its frame, when ${waited.join(" and ")} had ended; ${deadline}`;
}

const readText = (reads: readonly { readonly task: string; readonly job: number | null }[]): string =>
  `read ${reads.map(({ task, job }) => (job === null ? `nothing of ${task}` : jobText({ task, job }))).join(", ")}`;

function passedOverText(step: PassedOverStep): string {
  const { decisions, picked } = step;
  const rivals = picked.map((rival) => `${jobText(rival)}${rival.times === 1 ? "" : ` (${rival.times} times)`}`);
  const often = decisions === 1 ? "once" : counted(decisions, "time");
  return `passed over ${often} for ${firstOf(rivals, 4)}${candidacyText(step)}`;
}

/** Says where a policy did not compare the job with the ones that it picked. */
function candidacyText({ decisions, asCandidate, first }: PassedOverStep): string {
  if (first.candidates.length === 0) return "; the policy gave no reason";
  if (asCandidate === decisions) return "";
  return asCandidate === 0 ? "; it was no candidate" : `; a candidate in ${asCandidate} of them`;
}

function ranText(step: RanStep): string {
  const { firstLayer, lastLayer, dispatches, accelerator, units, variant } = step;
  const layers = firstLayer === lastLayer ? `layer ${firstLayer}` : `layers ${firstLayer} to ${lastLayer}`;
  const place = `${accelerator}${units === 1 ? "" : `, ${units} units`}${variant === "original" ? "" : `, variant ${variant}`}`;
  const often = dispatches === 1 ? "" : `, picked ${dispatches} times`;
  return `ran ${layers} on ${place}${often}${paidText(step)}${endText(step.end)}`;
}

function paidText(step: RanStep): string {
  const paid = [
    [step.overheadMs, "waiting for the decision"],
    [step.switchInMs, "to bring its context"],
    [step.switchOutMs, "to save its context"],
    [step.weightWaitMs, `waiting for weights (${counted(step.weightLoads, "load")})`],
    [step.contentionMs, "lost to contention"],
  ] as const;
  const texts = paid.filter(([ms]) => ms > 0).map(([ms, what]) => `${msText(ms)} ${what}`);
  if (step.weightLoads > 0 && step.weightWaitMs === 0)
    texts.push(`${counted(step.weightLoads, "load")} of weights, hidden`);
  return texts.length === 0 ? "" : `; paid ${texts.join(", ")}`;
}

function endText(end: RanStep["end"]): string {
  if (end === "completed" || end === "layersDone") return "";
  return end === "kill" ? "; killed, and all its work lost" : `; stopped by ${end}`;
}

function againstDeadline({ latenessMs }: ExplainedJob): string {
  if (latenessMs === null) return "";
  return latenessMs > 0 ? `, ${msText(latenessMs)} late` : `, ${msText(-latenessMs)} before its deadline`;
}

const dropReasons = {
  late: "its deadline passed before it started",
  policy: "the policy gave it up",
  parent: "a job that it waited for was dropped",
  queue: "the queue of its task was full",
  refused: "the queue of its task was full, so it was refused",
} as const;

function dropText({ reason, parent, why }: DroppedStep): string {
  if (parent !== undefined) return `it waited for ${jobText(parent)}, which was dropped`;
  return `${dropReasons[reason]}${because(why)}`;
}
