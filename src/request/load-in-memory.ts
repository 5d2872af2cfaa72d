/** Loads files without a disk, as in a browser. */
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import type { Suite } from "../scenario/load-suite.ts";
import type { LoadedScenario } from "../scenario/multi-tenant.ts";
import type { LoadOptions, Source } from "./brought.ts";
import { modelFrom, scenarioFrom, suiteFrom, systemFrom } from "./load.ts";
import { type BuiltInFiles, MemoryFiles } from "./memory-files.ts";

/** Of files that are all in memory. */
export interface MemoryLoadOptions extends LoadOptions, BuiltInFiles {}

/** A scenario with its models, checked; times are ns. Throws an InputError with all problems, RequestError for an unknown name. */
export const loadScenario = (source: Source, options: MemoryLoadOptions = {}): LoadedScenario =>
  scenarioFrom(source, options, (caller) => new MemoryFiles(caller, options.builtIns));

/** A system with its table of measured costs, checked. Throws likewise. */
export const loadSystem = (source: Source, options: MemoryLoadOptions = {}): System =>
  systemFrom(source, options, (caller) => new MemoryFiles(caller, options.builtIns));

/** A model with its layers expanded and their shapes known. Throws likewise. */
export const loadModel = (source: Source, options: MemoryLoadOptions = {}): Model =>
  modelFrom(source, options, (caller) => new MemoryFiles(caller, options.builtIns));

/** A suite: the paths of its scenarios. Throws likewise. */
export const loadSuite = (source: Source, options: MemoryLoadOptions = {}): Suite =>
  suiteFrom(source, options, (caller) => new MemoryFiles(caller, options.builtIns));
