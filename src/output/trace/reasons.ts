/** Why the policy decided as it did, as details of what follows. */
import type { DecisionExplained } from "../../core/events.ts";
import type { ReasonRecord } from "../../core/records.ts";
import type { Details } from "./trace-record.ts";

export class Reasons {
  /** A reason comes just before what it explains. */
  #last: DecisionExplained | undefined;

  explained(event: DecisionExplained): void {
    this.#last = event;
  }

  /** Of the decision that an event at this time carries out; empty if the policy gave none. */
  of(
    decision: DecisionExplained["decision"],
    job: { readonly taskIndex: number; readonly jobIndex: number; readonly timeNs: number },
  ): Details {
    const last = this.#last;
    const isIts =
      last?.decision === decision &&
      last.timeNs === job.timeNs &&
      last.taskIndex === job.taskIndex &&
      last.jobIndex === job.jobIndex;
    return isIts ? detailsOf(last.reason) : {};
  }
}

/** Names are joined by `_`, since Perfetto turns dots into that. */
function detailsOf({ rule, candidates }: ReasonRecord): Details {
  const [choice] = candidates;
  const terms = Object.entries(choice?.terms ?? {}).map(([name, value]) => [`why_${name}`, value] as const);
  return { why: rule, why_candidates: candidates.length, why_score: choice?.score, ...Object.fromEntries(terms) };
}
