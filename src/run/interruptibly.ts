/** How a caller may end a simulation early. */

/** Runs a simulation so that Ctrl-C ends it at once by throwing an error. */
export type Interruptibly = <Result>(simulation: () => Result) => Result;

/** For callers that let every simulation run to its end. */
export const uninterrupted: Interruptibly = (simulation) => simulation();
