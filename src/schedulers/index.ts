/** The built-in schedulers, in the order in which they are listed. */
import type { Scheduler } from "../core/scheduler.ts";
import { dream } from "./dream/dream.ts";
import { dreamMapscore } from "./dream/dream-mapscore.ts";
import { dreamSmartdrop } from "./dream/dream-smartdrop.ts";
import { sdrm3 } from "./dream/sdrm3.ts";
import { dysta } from "./dysta/dysta.ts";
import { edf } from "./edf.ts";
import { fcfs } from "./fcfs.ts";
import { fcfsStatic } from "./fcfs-static.ts";
import { horizon } from "./horizon/horizon.ts";
import { hpf } from "./hpf.ts";
import { llf } from "./llf.ts";
import { npHpf } from "./np-hpf.ts";
import { planaria } from "./planaria/planaria.ts";
import { npPrema, prema, premaCheckpoint, premaKill } from "./prema/prema.ts";
import { npToken, token } from "./prema/token.ts";
import { relief } from "./relief/relief.ts";
import { rr } from "./rr.ts";
import { sjf } from "./sjf.ts";
import { terastal } from "./terastal/terastal.ts";
import { veltair } from "./veltair/veltair.ts";
import { xrbenchEdp, xrbenchLatency } from "./xrbench-greedy.ts";
import { xschedLax } from "./xsched/xsched-lax.ts";

/** The built-in schedulers, in the order in which they are listed. */
export const schedulers: readonly Scheduler[] = [
  fcfs,
  fcfsStatic,
  edf,
  llf,
  sjf,
  rr,
  hpf,
  npHpf,
  token,
  npToken,
  prema,
  premaCheckpoint,
  premaKill,
  npPrema,
  dysta,
  xrbenchLatency,
  xrbenchEdp,
  dreamMapscore,
  dreamSmartdrop,
  dream,
  sdrm3,
  planaria,
  veltair,
  terastal,
  relief,
  xschedLax,
  horizon,
];
