/** How tasks of small worlds release their jobs. */

export const periodic = (fps: number, offsetNs = 0, jitterNs = 0) =>
  ({ kind: "periodic", fps, offsetNs, jitterNs }) as const;

export const everyNs = (periodNs: number) => periodic(1e9 / periodNs);

export const dependsOn = (taskIndexes: readonly number[], probability = 1) =>
  ({ kind: "after", taskIndexes, probability }) as const;
