/** A scheduler whose policy is a process of its own. */
import { SchedulerError } from "../core/errors.ts";
import type { ParameterValues, Platform, Policy, Scheduler, SchedulerParameter } from "../core/scheduler.ts";
import type { Conversation } from "./conversation.ts";
import { platformRecord } from "./platform-record.ts";
import { ProcessPolicy, textOf } from "./process-policy.ts";
import type { HelloAnswer } from "./wire.ts";

/** Where runs get their processes from. */
export interface ProcessSource {
  /** One that no other run uses. Throws if none can be started. */
  take(): Conversation;
  /** The run has ended; `broken`: the process is of no further use. */
  giveBack(conversation: Conversation, state: "usable" | "broken"): void;
  /** Who is told which process a run waits for. */
  watchedBy(watcher: ProcessWatcher): void;
}

/** Ends a process that does not answer, in another thread. */
export interface ProcessWatcher {
  pid: number;
}

export class ProcessScheduler implements Scheduler {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: readonly SchedulerParameter[];
  readonly #processes: ProcessSource;

  constructor({ name, summary, source, parameters }: HelloAnswer, processes: ProcessSource) {
    this.name = name;
    this.summary = summary;
    this.source = source;
    this.parameters = parameters;
    this.#processes = processes;
  }

  watchedBy(watcher: ProcessWatcher): void {
    this.#processes.watchedBy(watcher);
  }

  create(platform: Platform, parameters: ParameterValues): Policy {
    const processes = this.#processes;
    let conversation: Conversation | undefined;
    try {
      conversation = processes.take();
      const used = conversation;
      const start = used.start(parameters, platformRecord(platform));
      const { name } = this;
      return new ProcessPolicy(used, { name, platform, start, ended: (state) => processes.giveBack(used, state) });
    } catch (error) {
      if (conversation !== undefined) processes.giveBack(conversation, "broken");
      throw new SchedulerError(`policy "${this.name}": create: ${textOf(error)}`);
    }
  }
}
