/** A workbench whose scenarios are changed after loading: for what-if runs that no file is kept for. */
import type { LoadedScenario } from "../../scenario/multi-tenant.ts";
import { type Loaded, Workbench } from "../run/workbench.ts";

export class VariedWorkbench extends Workbench {
  readonly #change: (scenario: LoadedScenario) => LoadedScenario;

  /** `change` is called for each use. */
  constructor({ library }: Workbench, change: (scenario: LoadedScenario) => LoadedScenario) {
    super(library);
    this.#change = change;
  }

  override scenario(path: string): Loaded<LoadedScenario> {
    const { value, inputs } = super.scenario(path);
    return { value: this.#change(value), inputs };
  }
}
