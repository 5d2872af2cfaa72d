/** DREAM: MapScore, smart frame drop and supernet switching. Source: DREAM (ASPLOS 2023). */
import type { ReadyJob } from "../../core/scheduler.ts";
import { defineScheduler } from "../define-scheduler.ts";
import { lateDrop } from "../shared-parameters.ts";
import { dreamPolicy } from "./dream-policy.ts";
import { mapScoreParameters } from "./map-score-terms.ts";
import { tuningParameters } from "./online-tuning.ts";
import { SmartDrop, smartDropParameters } from "./smart-drop.ts";
import { supernetSwitching } from "./supernet-switching.ts";

export const dream = defineScheduler({
  name: "dream",
  summary: "MapScore, smart frame drop, and lighter supernet variants under load",
  source: "Kim et al., DREAM, ASPLOS 2023",
  parameters: { ...mapScoreParameters, ...smartDropParameters, lateDrop, ...tuningParameters("off") },
  create(platform, parameters) {
    const supernet = supernetSwitching(platform);
    const minToGo = (job: ReadyJob): number => supernet?.minToGoNs(job) ?? job.minRemainingNs;
    const smartDrop = new SmartDrop(platform, parameters, minToGo);
    return dreamPolicy(platform, parameters, { smartDrop, supernet });
  },
});
