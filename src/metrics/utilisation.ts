/** The share of time in which accelerators worked. */
import { type Metric, mean, released } from "./metric.ts";

export const utilisation: Metric = {
  name: "utilisation",
  title: "Utilisation",
  unit: "share",
  better: "neither",
  definition:
    "busy / elapsed time of an accelerator in the whole run, warm-up included; a scenario's is the mean over accelerators",
  source: "textbook",
  scenario: (outcome) => mean(outcome.accelerators.map((accelerator) => accelerator.utilisation)),
  accelerator: (accelerator) => accelerator.utilisation,
  jobs: released,
};
