/** A schedule as a policy file that `rtmm run -s` takes. It imports nothing, so it may lie anywhere. */
import type { Optimum, ScheduledDecision } from "../../records/optimum.ts";

/** JavaScript, as a module. */
export function policyFile(optimum: Optimum): string {
  const { scenario, system, seed, durationMs, metric, value, ended, schedule } = optimum;
  const what = ended === "proven" ? "the best schedule" : "the best schedule that was found, not proven to be the best";
  const suited = `${scenario} on ${system} with seed ${seed}, ${durationMs} ms`;
  return `// ${what}: ${metric} ${value}
// It suits ${suited}, and nothing else. Made by rtmm optimum ${optimum.rtmmVersion}.
const suited = ${JSON.stringify(suited)};
const schedule = [
${schedule.map((decision) => `  ${decisionText(decision)},`).join("\n")}
];
${replayCode(schedule)}`;
}

const decisionText = (decision: ScheduledDecision): string =>
  `{ ${Object.entries(decision)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ")} }`;

/** What \`optimum/schedule.ts\` does, in a file of its own. */
function replayCode(schedule: readonly ScheduledDecision[]): string {
  const stops = schedule.some((each) => each.do !== "run" && each.do !== "choose");
  return `
const nsOf = ({ atMs }) => Math.round(atMs * 1e6);
const isOf = (decision) => ({ task, jobIndex }) => task.id === decision.task && jobIndex === decision.job;
const nameOf = ({ task, job }) => \`job \${job} of task "\${task}"\`;

function refuse(what) {
  throw new Error(\`this schedule suits only \${suited}: \${what}\`);
}

/** Makes one decision. False: it cannot be made in this call. */
function make(decision, view, decisions, free) {
  if (["checkpoint", "kill", "drain"].includes(decision.do)) {
    const running = free === undefined && view.runningJobs.find(isOf(decision));
    if (running) decisions.preempt(running, decision.do);
    return Boolean(running);
  }
  const job = [...view.readyJobs].find(isOf(decision));
  if (job === undefined) return false;
  if (decision.do === "drop") decisions.drop(job);
  else if (free === undefined) return false;
  else if (decision.do === "choose") decisions.chooseVariant(job, job.task.variantNames.indexOf(decision.variant));
  else return run(decision, job, view, decisions, free);
  return true;
}

function run({ on, units, layers }, job, view, decisions, free) {
  const accelerator = view.accelerators.find(({ id }) => id === on) ?? refuse(\`there is no accelerator "\${on}"\`);
  if (free[accelerator.index] < units) return false;
  free[accelerator.index] -= units;
  decisions.run(job, accelerator, layers === undefined ? { units } : { units, layers });
  return true;
}

export default {
  name: "optimum",
  summary: "repeats a schedule that rtmm optimum found",
  source: "rtmm optimum",
  parameters: [],
  create() {
    let next = 0;
    /** A decision that could not be made when it was due, or a job after the last one, is of another run. */
    const checkPlace = ({ nowNs, readyJobs }) => {
      const due = schedule[next];
      if (due === undefined) {
        const [job] = readyJobs;
        refuse(\`it has nothing for \${nameOf({ task: job.task.id, job: job.jobIndex })}\`);
      } else if (nsOf(due) < nowNs)
        refuse(\`\${nameOf(due)} was not there at \${due.atMs} ms, or not free to \${due.do}\`);
    };
    const proceed = (view, decisions, free) => {
      while (next < schedule.length && nsOf(schedule[next]) <= view.nowNs && make(schedule[next], view, decisions, free)) next += 1;
      if (next < schedule.length && nsOf(schedule[next]) > view.nowNs) decisions.wakeAt(nsOf(schedule[next]));
    };
    return {
      lateDrop: false,
      decide(view, decisions) {
        checkPlace(view);
        proceed(view, decisions, view.accelerators.map(({ freeUnits }) => freeUnits));
      },${stops ? "\n      preempt: (view, decisions) => proceed(view, decisions, undefined)," : ""}
    };
  },
};
`;
}
