/** What PREMA compares (reference notes, section 7), in rtmm's names. */
import type { ReproductionScheduler } from "../../records/reproduction.ts";

export interface Compared extends ReproductionScheduler {
  /** Short, for headings of columns. */
  readonly heading: string;
  /** Static: always by checkpoint (or kill); dynamic: checkpoint or drain, by algorithm 3. */
  readonly mode: "" | "static" | "dynamic" | "kill";
}

const compared = (label: string, heading: string, mode: Compared["mode"], scheduler: string): Compared => ({
  label,
  heading,
  mode,
  scheduler,
});

export const policies: readonly Compared[] = [
  compared("NP-FCFS", "fcfs", "", "fcfs"),
  compared("RRB", "rrb", "", "rr:granularity=model"),
  compared("NP-HPF", "hpf", "", "np-hpf"),
  compared("NP-TOKEN", "token", "", "np-token"),
  compared("NP-SJF", "sjf", "", "sjf"),
  compared("NP-PREMA", "prema", "", "np-prema"),
  compared("HPF", "hpf s", "static", "hpf"),
  compared("HPF", "hpf d", "dynamic", "hpf:mechanism=dynamic"),
  compared("TOKEN", "token s", "static", "token:mechanism=checkpoint"),
  compared("TOKEN", "token d", "dynamic", "token"),
  compared("SJF", "sjf s", "static", "sjf:mechanism=checkpoint"),
  compared("SJF", "sjf d", "dynamic", "sjf:mechanism=dynamic"),
  compared("PREMA", "prema s", "static", "prema-checkpoint"),
  compared("PREMA", "prema k", "kill", "prema-kill"),
  compared("PREMA", "prema d", "dynamic", "prema"),
];

export const entrants: readonly ReproductionScheduler[] = policies.map(({ label, mode, scheduler }) => ({
  label: mode === "" ? label : `${label}, ${mode}`,
  scheduler,
}));

/** Place of NP-FCFS, in all lists. */
export const BASELINE = 0;
