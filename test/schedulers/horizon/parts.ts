/** The parts of `horizon` at the first decision of a small world, so that single rollouts can be worked out by hand. */
import type { Platform, Scheduler, View } from "../../../src/core/scheduler.ts";
import { type Configuration, configurationsOf } from "../../../src/schedulers/horizon/configuration.ts";
import { LengthSpread } from "../../../src/schedulers/horizon/length-spread.ts";
import { Memory } from "../../../src/schedulers/horizon/memory.ts";
import { Pace } from "../../../src/schedulers/horizon/pace.ts";
import { Predictor } from "../../../src/schedulers/horizon/predictor.ts";
import { Rollout, type RolloutSetting } from "../../../src/schedulers/horizon/rollout.ts";
import { Situation } from "../../../src/schedulers/horizon/situation.ts";
import { TaskFacts } from "../../../src/schedulers/horizon/task-facts.ts";
import { Work } from "../../../src/schedulers/horizon/work-table.ts";
import { run, type SmallWorld } from "../../worlds.ts";

export interface Parts {
  readonly platform: Platform;
  readonly situation: Situation;
  readonly memory: Memory;
  readonly facts: TaskFacts;
  readonly work: Work;
  readonly rollout: Rollout;
}

/** Jobs count alike, a miss costs 10, and ending close to a deadline costs nothing. */
const plain: RolloutSetting = {
  urgencyNs: 10,
  backgroundEnergyWeight: 3,
  finishesLateJobs: true,
  charges: { missCost: 10, soft: 0, margin: 0 },
};

export const byDeadline: Configuration = configurationsOf("edf/1")[0];

/** What `look` returns at the first decision, with the live jobs loaded, and the expected ones if it predicts. */
export function atFirstDecision<T>(
  world: SmallWorld,
  {
    horizonNs,
    blockNs = 0,
    ...options
  }: {
    readonly horizonNs: number;
    readonly blockNs?: number;
    readonly predicts?: true;
    readonly setting?: Partial<RolloutSetting>;
  },
  look: (parts: Parts) => T,
): T {
  let seen: { readonly value: T } | undefined;
  const create = (platform: Platform) => {
    const predictor = new Predictor(platform, true);
    const decide = (view: View) => {
      const parts = partsOf(platform, { ...plain, ...options.setting }, blockNs);
      parts.situation.load(view, [...view.readyJobs], { leastNs: horizonNs, mostNs: 0 });
      if (options.predicts) predictor.predict(parts.situation);
      seen = { value: look(parts) };
      throw new Error("seen");
    };
    return { lateDrop: false, decide, jobReleased: predictor.released.bind(predictor) };
  };
  const spy: Scheduler = { name: "spy", summary: "", source: "", parameters: [], create };
  try {
    run(world, spy);
  } catch (error) {
    if (seen === undefined) throw error;
  }
  return seen!.value;
}

function partsOf(platform: Platform, setting: RolloutSetting, blockNs: number): Parts {
  const work = new Work(platform, blockNs);
  const facts = new TaskFacts(platform, 1);
  const memory = new Memory(platform);
  const situation = new Situation(platform, { work, facts, memory, pace: new Pace(work, true) });
  const parts = { platform, situation, memory, facts, work, lengths: new LengthSpread(platform, work, 0) };
  return { ...parts, rollout: new Rollout(platform, parts, setting) };
}
