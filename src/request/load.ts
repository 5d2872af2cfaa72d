/** Loads single files, through any files. */
import type { Model } from "../core/model.ts";
import type { System } from "../core/system.ts";
import type { Caller, RunFiles } from "../run/run-files.ts";
import { loadModel } from "../scenario/load-model.ts";
import { loadScenario } from "../scenario/load-scenario.ts";
import { loadSuite, type Suite } from "../scenario/load-suite.ts";
import type { LoadedScenario } from "../scenario/multi-tenant.ts";
import type { FileKind } from "../scenario/resolver.ts";
import { loadSystem } from "../system/load-system.ts";
import { Brought, type LoadOptions, type Source } from "./brought.ts";

/** Opens the files to load from, with those of the caller. */
type OpenFiles = (caller: Caller) => RunFiles;

type Load<Value> = (source: Source, options: LoadOptions, open: OpenFiles) => Value;

const loader =
  <Value>(kind: FileKind, load: (path: string, files: RunFiles) => Value): Load<Value> =>
  (source, options, open) => {
    const brought = new Brought(options);
    const name = brought.file(source, kind);
    const files = open(brought);
    return load(files.find(kind, name), files);
  };

export const scenarioFrom: Load<LoadedScenario> = loader("scenario", (path, files) => loadScenario(path, files));
export const systemFrom: Load<System> = loader("system", (path, files) => loadSystem(path, files));
export const modelFrom: Load<Model> = loader("model", (path, files) => loadModel(path, files));
export const suiteFrom: Load<Suite> = loader("suite", (path, files) => loadSuite(path, files));
