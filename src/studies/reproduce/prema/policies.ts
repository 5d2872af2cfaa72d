/** The policies that PREMA compares (docs/references.md#prema-policies), with rtmm's names. */
import type { ReproductionScheduler } from "../../../records/reproduction.ts";

export interface PremaPolicy extends ReproductionScheduler {
  /** Short, for column headings. */
  readonly heading: string;
  /** `static`: always by checkpoint. `kill`: always by kill. `dynamic`: checkpoint or drain, by algorithm 3. */
  readonly mode: "" | "static" | "dynamic" | "kill";
}

const policy = (label: string, heading: string, mode: PremaPolicy["mode"], scheduler: string): PremaPolicy => ({
  label,
  heading,
  mode,
  scheduler,
});

export const policies: readonly PremaPolicy[] = [
  policy("NP-FCFS", "fcfs", "", "fcfs"),
  policy("RRB", "rrb", "", "rr:granularity=model"),
  policy("NP-HPF", "hpf", "", "np-hpf"),
  policy("NP-TOKEN", "token", "", "np-token"),
  policy("NP-SJF", "sjf", "", "sjf"),
  policy("NP-PREMA", "prema", "", "np-prema"),
  policy("HPF", "hpf s", "static", "hpf"),
  policy("HPF", "hpf d", "dynamic", "hpf:mechanism=dynamic"),
  policy("TOKEN", "token s", "static", "token:mechanism=checkpoint"),
  policy("TOKEN", "token d", "dynamic", "token"),
  policy("SJF", "sjf s", "static", "sjf:mechanism=checkpoint"),
  policy("SJF", "sjf d", "dynamic", "sjf:mechanism=dynamic"),
  policy("PREMA", "prema s", "static", "prema-checkpoint"),
  policy("PREMA", "prema k", "kill", "prema-kill"),
  policy("PREMA", "prema d", "dynamic", "prema"),
];

export const schedulers: readonly ReproductionScheduler[] = policies.map(({ label, mode, scheduler }) => ({
  label: mode === "" ? label : `${label}, ${mode}`,
  scheduler,
}));

/** Index of NP-FCFS in all lists. */
export const BASELINE = 0;
