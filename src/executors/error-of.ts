/** The error that a failed point would have thrown in this thread. */
import { SchedulerError } from "../core/errors.ts";
import { RequestError } from "../input/request-error.ts";
import type { PointFailure } from "./point.ts";

export function errorOf({ kind, message }: PointFailure): Error {
  switch (kind) {
    case "input":
      return new RequestError(message);
    case "policy":
    case "crash":
      return new SchedulerError(message);
    case "internal": {
      // The message is what `inspect` prints. The stack is for --debug.
      const [first] = message.split("\n");
      return Object.assign(new Error(first), { stack: message });
    }
    default:
      return kind satisfies never;
  }
}
