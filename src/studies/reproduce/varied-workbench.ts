/** A workbench whose scenarios are changed after loading: for what-if runs that no file is kept for. */
import type { Library } from "../../files/library.ts";
import type { Variation } from "../../records/run-result.ts";
import { type Loaded, Workbench } from "../../run/workbench.ts";
import type { LoadedScenario } from "../../scenario/multi-tenant.ts";

export class VariedWorkbench extends Workbench<Library> {
  readonly #change: (scenario: LoadedScenario) => LoadedScenario;

  constructor({ files }: Workbench<Library>, change: (scenario: LoadedScenario) => LoadedScenario) {
    super(files);
    this.#change = change;
  }

  override scenario(path: string, variation?: Variation): Loaded<LoadedScenario> {
    const { value, inputs } = super.scenario(path, variation);
    return { value: this.#change(value), inputs };
  }
}
