/** Jobs of more or less work than their model's costs say, such as requests of unlike length. */
import type { Effect } from "../engine/effect.ts";
import type { Lane } from "../engine/lane.ts";
import type { LiveJob } from "../engine/live-job.ts";
import { hasScales } from "../scenario.ts";
import type { MakeEffect } from "./make-effect.ts";

export const workScale: MakeEffect = ({ program: { scenario } }): Effect | undefined => {
  if (!scenario.tasks.some(hasScales)) return undefined;
  return {
    dispatched: (lane: Lane, job: LiveJob): void => lane.setWorkScale(job.scale),
  };
};
