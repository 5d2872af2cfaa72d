/** What a walk has found so far: of the graph, or of a branch that is only tried. */
import type { Contradiction, Fault, Step, TakenBody, TakenBranch } from "./step.ts";

export interface Found {
  readonly steps: Step[];
  readonly branches: TakenBranch[];
  readonly bodies: TakenBody[];
  readonly contradictions: Contradiction[];
  readonly faults: Fault[];
}

export const nothingFound = (): Found => ({ steps: [], branches: [], bodies: [], contradictions: [], faults: [] });

export function append(found: Found, more: Found): void {
  for (const step of more.steps) found.steps.push(step);
  found.branches.push(...more.branches);
  found.bodies.push(...more.bodies);
  found.contradictions.push(...more.contradictions);
  found.faults.push(...more.faults);
}
