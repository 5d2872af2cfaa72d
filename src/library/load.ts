/** Loads files of this machine. */

import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import type { LoadOptions, Source } from "../request/brought.ts";
import { modelFrom, scenarioFrom, suiteFrom, systemFrom } from "../request/load.ts";
import type { Suite } from "../scenario/load-suite.ts";
import type { LoadedScenario } from "../scenario/multi-tenant.ts";
import { type OnMachine, openLibrary } from "./open-library.ts";

/** Of files that may be on this machine. */
export interface NodeLoadOptions extends LoadOptions, OnMachine {}

/** A scenario with its models, checked; times are ns. Throws an InputError with all problems, RequestError for an unknown name. */
export const loadScenario = (source: Source, options: NodeLoadOptions = {}): LoadedScenario =>
  scenarioFrom(source, options, (caller) => openLibrary(options, caller));

/** A system with its table of measured costs, checked. Throws likewise. */
export const loadSystem = (source: Source, options: NodeLoadOptions = {}): System =>
  systemFrom(source, options, (caller) => openLibrary(options, caller));

/** A model with its layers expanded and their shapes known. Throws likewise. */
export const loadModel = (source: Source, options: NodeLoadOptions = {}): Model =>
  modelFrom(source, options, (caller) => openLibrary(options, caller));

/** A suite: the paths of its scenarios. Throws likewise. */
export const loadSuite = (source: Source, options: NodeLoadOptions = {}): Suite =>
  suiteFrom(source, options, (caller) => openLibrary(options, caller));
