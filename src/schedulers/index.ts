/** The built-in schedulers, in the order in which they are listed. */
import type { Scheduler } from "../core/scheduler.ts";
import { dysta } from "./dysta.ts";
import { edf } from "./edf.ts";
import { fcfs } from "./fcfs.ts";
import { fcfsStatic } from "./fcfs-static.ts";
import { hpf } from "./hpf.ts";
import { llf } from "./llf.ts";
import { npHpf } from "./np-hpf.ts";
import { planaria } from "./planaria.ts";
import { planariaDysta } from "./planaria-dysta.ts";
import { planariaReleased } from "./planaria-released.ts";
import { npPrema, prema, premaCheckpoint, premaKill } from "./prema.ts";
import { rr } from "./rr.ts";
import { sjf } from "./sjf.ts";
import { npToken, token } from "./token.ts";
import { veltair } from "./veltair.ts";
import { xrbenchEdp, xrbenchLatency } from "./xrbench-greedy.ts";

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
  planaria,
  planariaReleased,
  planariaDysta,
  veltair,
];
