/** The error that stops a run. */
import { expect } from "vitest";
import { SchedulerError } from "../../src/core/errors.ts";
import type { Policy } from "../../src/core/scheduler.ts";
import { run, type SmallWorld } from "../worlds.ts";
import { scheduler } from "./planned.ts";

/** What `of` ends with under this policy. */
export function errorOf(of: SmallWorld, policy: Partial<Policy>): SchedulerError {
  try {
    run(of, scheduler(policy));
  } catch (error) {
    expect(error).toBeInstanceOf(SchedulerError);
    return error as SchedulerError;
  }
  throw new Error("the run should have failed");
}
