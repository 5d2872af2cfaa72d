/** A workbench whose scenarios are changed after loading: for what-if runs that no file is kept for. */
import type { Variation } from "../../records/run-result.ts";
import { type Loaded, Workbench } from "../../run/workbench.ts";
import type { LoadedScenario } from "../../scenario/multi-tenant.ts";

export class VariedWorkbench extends Workbench {
  readonly #change: (scenario: LoadedScenario) => LoadedScenario;

  constructor({ library }: Workbench, change: (scenario: LoadedScenario) => LoadedScenario) {
    super(library);
    this.#change = change;
  }

  override scenario(path: string, variation?: Variation): Loaded<LoadedScenario> {
    const { value, inputs } = super.scenario(path, variation);
    return { value: this.#change(value), inputs };
  }
}
