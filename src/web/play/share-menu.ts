/** Taking along what one sees: a link, the command, and the files. */
import { configYaml } from "../../output/config-text.ts";
import { commandText } from "../../playground/command-line.ts";
import { packed } from "../../playground/share.ts";
import { fileNames, type PlayFile, type PlayState } from "../../playground/state.ts";
import { button, element } from "../common/elements.ts";

/** Says something to everybody, and for a short while. */
export type Say = (text: string) => void;

export class ShareMenu {
  readonly root: HTMLElement;
  readonly #state: () => PlayState;
  readonly #say: Say;

  constructor(state: () => PlayState, say: Say) {
    this.#state = state;
    this.#say = say;
    const menu = element(
      "div",
      { class: "menu", popover: "auto", id: "share-menu", role: "group", "aria-label": "Share" },
      [
        this.#item("Copy link", "All of it is in the link itself; no server keeps anything.", () => this.#copyLink()),
        this.#item("Copy command", "Repeats the run on the command line.", () =>
          this.#copy(commandText(this.#state()), "command"),
        ),
        this.#item("Download YAML", "A configuration for rtmm run --config, and edited files.", () => this.#download()),
      ],
    );
    const opener = element("button", { type: "button", class: "top-button", popovertarget: "share-menu" }, ["Share"]);
    menu.addEventListener("toggle", () => {
      const { right, bottom } = opener.getBoundingClientRect();
      menu.style.top = `${bottom + 6}px`;
      menu.style.right = `${Math.max(8, document.documentElement.clientWidth - right)}px`;
    });
    this.root = element("div", { class: "share" }, [opener, menu]);
  }

  #item(title: string, note: string, act: () => void): HTMLElement {
    const content = [
      element("b", { class: "menu-item-part" }, [title]),
      element("span", { class: "menu-item-part quiet" }, [note]),
    ];
    return button({ class: "menu-item", popovertarget: "share-menu", popovertargetaction: "hide" }, content, act);
  }

  async #copyLink(): Promise<void> {
    const fragment = await packed(this.#state());
    if (fragment === undefined) this.#say("These files are too large for a link: download them instead.");
    else await this.#copy(`${location.href.split("#", 1)[0]}#${fragment}`, "link");
  }

  async #copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#say(`The ${what} is in the clipboard.`);
    } catch {
      this.#say(`The browser does not let a page copy; here is the ${what}: ${text}`);
    }
  }

  #download(): void {
    const files = filesOf(this.#state());
    for (const [name, text] of Object.entries(files)) save(name, text);
    const names = Object.keys(files).join(", ");
    this.#say(`Downloaded: ${names}.`);
  }
}

/** The configuration, and the files that it names. */
export function filesOf(state: PlayState): Readonly<Record<string, string>> {
  const { scenario, system, files } = state;
  return {
    "playground.yaml": configYaml(configFields(state), "node_modules/rtmm/schema"),
    ...(scenario.text !== undefined && { [fileNames.scenario]: scenario.text }),
    ...(system.text !== undefined && { [fileNames.system]: system.text }),
    ...files,
  };
}

function configFields(state: PlayState): Readonly<Record<string, unknown>> {
  const { scenario, system, scheduler, params, seed, durationMs, warmupMs, set, rateScale } = state;
  const word = ({ name, text }: PlayFile, file: string): string => (text === undefined ? name : `./${file}`);
  return {
    scenarios: [word(scenario, fileNames.scenario)],
    system: word(system, fileNames.system),
    scheduler,
    ...(Object.keys(params).length > 0 && { params }),
    seed,
    ...(durationMs !== undefined && { durationMs }),
    ...(warmupMs !== undefined && { warmupMs }),
    ...(Object.keys(set).length > 0 && { set }),
    ...(rateScale !== 1 && { rateScale }),
  };
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = element("a", { href: url, download: name.split("/").at(-1)! });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
