/** Policies as peers' artifacts have them: for tests against those, not on the menu. They keep the contract of all policies. */
import type { Scheduler } from "../../src/core/scheduler.ts";
import { planariaDysta } from "./dysta/planaria-dysta.ts";
import { sdrm3Dysta } from "./dysta/sdrm3-dysta.ts";
import { planariaReleased } from "./planaria/planaria-released.ts";

export const peerForms: readonly Scheduler[] = [planariaReleased, planariaDysta, sdrm3Dysta];
