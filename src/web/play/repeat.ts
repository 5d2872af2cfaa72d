/** The command that gives the same result, with its hash to compare. */
import { commandText } from "../../playground/command-line.ts";
import type { PlayState } from "../../playground/state.ts";
import { button, element } from "../common/elements.ts";
import type { Say } from "./share-menu.ts";

export class Repeat {
  readonly #command = element("code", { class: "command", tabindex: 0, "aria-label": "command" });
  readonly #hash = element("code", { class: "hash", id: "result-hash" });
  readonly #files = element("p", { class: "quiet" });

  constructor(host: HTMLElement, say: Say) {
    const copy = button({ class: "quiet-button" }, ["Copy"], async () => {
      try {
        await navigator.clipboard.writeText(this.#command.textContent);
        say("The command is in the clipboard.");
      } catch {
        say("The browser does not let a page copy: mark the command and copy it yourself.");
      }
    });
    host.replaceChildren(
      element("div", { class: "command-line" }, [this.#command, copy]),
      this.#files,
      element("p", { class: "quiet" }, ["It prints the result hash ", this.#hash]),
    );
  }

  /** `hash` undefined: there is no result for this state. */
  show(state: PlayState, hash: string | undefined): void {
    this.#command.textContent = commandText(state);
    this.#hash.textContent = hash ?? "-";
    const isEdited = state.scenario.text !== undefined || state.system.text !== undefined;
    this.#files.textContent = isEdited ? "The edited files are under Share, Download YAML." : "";
    this.#files.hidden = !isEdited;
  }
}
