/** Tries a policy on random cases, and makes the first one that it fails on as small as possible. */
import fc from "fast-check";
import { Library } from "../../files/library.ts";
import type { Interruptibly } from "../../run/interruptibly.ts";
import { runCaseOf } from "../../run/run-case.ts";
import type { FoundScheduler } from "../../run/run-files.ts";
import { noCaller } from "../../run/run-files.ts";
import type { RunSetup } from "../../run/run-setup.ts";
import { Workbench } from "../../run/workbench.ts";
import { resolveParameters } from "../../schedulers/parameters.ts";
import { caseFiles, SCENARIO_FILE, SYSTEM_FILE } from "./case-files.ts";
import { type Fault, faultOf } from "./checks.ts";
import { type RandomCase, randomCase } from "./random-case.ts";

export interface PolicyTestSettings {
  readonly found: FoundScheduler;
  readonly cases: number;
  readonly seed: number;
  /** Absolute; for names in messages. */
  readonly cwd: string;
}

export interface PolicyTestOptions {
  readonly interruptibly: Interruptibly;
  /** Called for each case that was tried. */
  readonly tried: () => void;
}

export interface PolicyTest {
  /** Cases that were tried, not counting those of the search for a smaller one. */
  readonly cases: number;
  readonly failure: PolicyFailure | undefined;
}

/** The smallest case that was found. */
export interface PolicyFailure extends Fault {
  readonly smallest: RandomCase;
  readonly files: Readonly<Record<string, string>>;
}

/** A hanging policy takes its whole time on each case, so its case is made smaller only by those that are at hand. */
const MOST_SHRINKS = 1000;
const MOST_SLOW_SHRINKS = 8;
const SLOW_MS = 500;

export function testPolicy(settings: PolicyTestSettings, options: PolicyTestOptions): PolicyTest {
  const { found, cases, seed } = settings;
  const search = new Search(settings, options);
  const property = fc.property(randomCase(found.scheduler.parameters), (random) => search.isSound(random));
  const { numRuns, errorInstance } = fc.check(property, { numRuns: cases, seed });
  const failure = search.failure();
  // What is no fault of the policy: a fault of rtmm's, or Ctrl-C.
  if (failure === undefined && errorInstance !== undefined && errorInstance !== null) throw errorInstance;
  return { cases: numRuns, failure };
}

class Search {
  readonly #settings: PolicyTestSettings;
  readonly #options: PolicyTestOptions;
  #smallest: { readonly random: RandomCase; readonly fault: Fault } | undefined;
  #shrinks = 0;
  #slowShrinks = 0;

  constructor(settings: PolicyTestSettings, options: PolicyTestOptions) {
    this.#settings = settings;
    this.#options = options;
  }

  /** After the first failure, fast-check tries smaller cases; a sound one is none that it goes on with. */
  isSound(random: RandomCase): boolean {
    const isShrinking = this.#smallest !== undefined;
    if (isShrinking && (this.#shrinks >= MOST_SHRINKS || this.#slowShrinks >= MOST_SLOW_SHRINKS)) return true;
    const startMs = performance.now();
    const fault = faultOf(setupOf(random, this.#settings), this.#options.interruptibly);
    if (isShrinking) {
      this.#shrinks += 1;
      if (performance.now() - startMs > SLOW_MS) this.#slowShrinks += 1;
    } else this.#options.tried();
    // A smaller case that breaks another rule would explain another fault.
    if (fault === undefined || (isShrinking && fault.rule !== this.#smallest?.fault.rule)) return true;
    this.#smallest = { random, fault };
    return false;
  }

  failure(): PolicyFailure | undefined {
    if (this.#smallest === undefined) return undefined;
    const { random, fault } = this.#smallest;
    return { ...fault, smallest: random, files: caseFiles(random) };
  }
}

/** As `rtmm run` would prepare the files of the case. */
function setupOf(random: RandomCase, { found, cwd }: PolicyTestSettings): RunSetup {
  const { scheduler, origin, files } = found;
  const workbench = new Workbench(new Library(cwd, undefined, { ...noCaller, files: caseFiles(random) }));
  const request = {
    scenario: SCENARIO_FILE,
    system: SYSTEM_FILE,
    seed: random.seed,
    durationMs: undefined,
    warmupMs: 0,
  };
  const runCase = runCaseOf(request, workbench);
  return {
    ...runCase,
    scheduler,
    schedulerOrigin: origin,
    schedulerPath: origin === "file" ? files[0]?.path : undefined,
    parameters: resolveParameters(scheduler, random.parameters).values,
    seed: random.seed,
    variation: undefined,
  };
}
