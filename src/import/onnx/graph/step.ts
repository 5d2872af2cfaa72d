/** What the walk through a graph finds: its operators in a valid order, and what has to be told of them. */
import type { NodeView } from "../node-view.ts";
import type { Value } from "../value.ts";

/** An operator with the values that it reads and leaves. Graphs inside it have become steps of their own. */
export interface Step {
  readonly node: NodeView;
  /** Of the node; or its operator, if the file names none. */
  readonly name: string;
  readonly results: readonly Value[];
  /** Whether rtmm knows the operator. */
  readonly isKnown: boolean;
}

export interface Walk {
  readonly steps: readonly Step[];
  readonly branches: readonly TakenBranch[];
  readonly bodies: readonly TakenBody[];
  /** Contradictions between what the file states and what its operators leave. */
  readonly contradictions: readonly Contradiction[];
  /** Nodes that contradict themselves. */
  readonly faults: readonly Fault[];
}

/**
 * `known`: the condition follows from shapes and weights. `contradiction`: the other branch contradicts itself with these
 * inputs. Else the branch with more work was taken.
 */
export interface TakenBranch {
  readonly name: string;
  readonly branch: "then" | "else";
  readonly condition: "known" | "contradiction" | "unknown";
  /** Work of the two branches: equal where it makes no difference. */
  readonly isEqual: boolean;
}

/** A body that is taken once, though it runs `times` (undefined: the data decides). */
export interface TakenBody {
  readonly name: string;
  readonly op: string;
  readonly times: number | undefined;
}

export interface Contradiction {
  readonly value: string;
  readonly stated: string;
  readonly found: string;
}

export interface Fault {
  readonly name: string;
  readonly op: string;
  readonly message: string;
}
