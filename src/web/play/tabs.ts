/** The panel on the side: sliders, and an editor for each text. Editors are loaded when they are first needed. */
import type { Problem } from "../../input/problem.ts";
import type { Catalogue } from "../../playground/protocol.ts";
import { fileNames, type PlayState } from "../../playground/state.ts";
import { button, element } from "../common/elements.ts";
import type { Editor } from "./editor.ts";
import type { Change } from "./pickers.ts";

export interface TabsOptions {
  readonly catalogue: Catalogue;
  readonly change: Change;
}

type FileTab = "scenario" | "system";
type TabName = "sliders" | FileTab;

const tabTexts: Readonly<Record<TabName, string>> = {
  sliders: "Sliders",
  scenario: fileNames.scenario,
  system: fileNames.system,
};

/** After the last letter. */
const TYPING_MS = 150;

export class Tabs {
  readonly #options: TabsOptions;
  readonly #tabs: ReadonlyMap<TabName, HTMLButtonElement>;
  readonly #panels: ReadonlyMap<TabName, HTMLElement>;
  readonly #files: ReadonlyMap<FileTab, FilePanel>;
  readonly #problems = element("div", { class: "problems", role: "region", "aria-label": "Problems", hidden: true });
  readonly #warnings = element("ul", { class: "warnings" });
  readonly #warningBox: HTMLDetailsElement;
  #state: PlayState | undefined;
  #listed: readonly Problem[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement, sliders: HTMLElement, options: TabsOptions) {
    this.#options = options;
    const panel = (kind: FileTab) =>
      new FilePanel(kind, options.catalogue, (text) => this.#edited(kind, text), options.change);
    this.#files = new Map([
      ["scenario", panel("scenario")],
      ["system", panel("system")],
    ]);
    this.#panels = new Map<TabName, HTMLElement>([
      ["sliders", sliders],
      ...[...this.#files].map(([name, each]) => [name, each.root] as const),
    ]);
    this.#tabs = new Map([...this.#panels.keys()].map((name) => [name, this.#tab(name)]));
    for (const [name, each] of this.#panels) {
      each.id = `panel-${name}`;
      each.setAttribute("role", "tabpanel");
      each.setAttribute("aria-labelledby", `tab-${name}`);
    }
    this.#warningBox = element("details", { class: "warning-box", hidden: true }, [
      element("summary", {}, ["Warnings"]),
      this.#warnings,
    ]);
    const list = element("div", { class: "tabs", role: "tablist", "aria-label": "Settings" }, [...this.#tabs.values()]);
    host.replaceChildren(list, ...this.#panels.values(), this.#problems, this.#warningBox);
    this.#select("sliders");
  }

  show(state: PlayState): void {
    this.#state = state;
    for (const panel of this.#files.values()) panel.show(state);
  }

  /** Of all files; each is listed, and marked where its file is edited. */
  problems(problems: readonly Problem[]): void {
    this.#listed = problems;
    this.#problems.hidden = problems.length === 0;
    this.#problems.replaceChildren(
      element(
        "ul",
        {},
        problems.slice(0, 50).map((problem) => this.#problemItem(problem)),
      ),
    );
    for (const [name, panel] of this.#files) panel.mark(problems.filter(({ file }) => file === fileNames[name]));
    for (const [name, tab] of this.#tabs) {
      const count = name === "sliders" ? 0 : problems.filter(({ file }) => file === fileNames[name]).length;
      tab.dataset.count = count === 0 ? "" : String(count);
    }
  }

  warnings(texts: readonly string[]): void {
    this.#warningBox.hidden = texts.length === 0;
    this.#warningBox.querySelector("summary")!.textContent =
      texts.length === 1 ? "1 warning" : `${texts.length} warnings`;
    this.#warnings.replaceChildren(...texts.map((text) => element("li", {}, [text])));
  }

  #tab(name: TabName): HTMLButtonElement {
    const attributes = { class: "tab", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}` };
    const tab = button(attributes, [tabTexts[name]], () => this.#select(name));
    tab.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const names = [...this.#tabs.keys()];
      const next = names[(names.indexOf(name) + step + names.length) % names.length]!;
      this.#select(next);
      this.#tabs.get(next)!.focus();
      event.preventDefault();
    });
    return tab;
  }

  #select(name: TabName): void {
    for (const [each, tab] of this.#tabs) {
      tab.setAttribute("aria-selected", String(each === name));
      tab.tabIndex = each === name ? 0 : -1;
      this.#panels.get(each)!.hidden = each !== name;
    }
    if (name === "sliders" || this.#state === undefined) return;
    void this.#files.get(name)!.open(this.#state, this.#listed);
  }

  #edited(kind: FileTab, text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#options.change(`edit ${kind}`, (state) => ({ ...state, [kind]: { name: state[kind].name, text } }));
    }, TYPING_MS);
  }

  #problemItem(problem: Problem): HTMLElement {
    const { file, line, column, message, severity } = problem;
    const place = line === undefined ? file : `${file}:${line}:${column}`;
    const content = [element("b", {}, [place]), ` ${message}`];
    const tab = (["scenario", "system"] as const).find((name) => fileNames[name] === file);
    if (tab === undefined || line === undefined || column === undefined)
      return element("li", { class: `problem is-${severity}` }, content);
    const act = async (): Promise<void> => {
      this.#select(tab);
      await this.#files.get(tab)!.open(this.#state!, this.#listed);
      this.#files.get(tab)!.goTo(line, column);
    };
    return element("li", { class: `problem is-${severity}` }, [button({ class: "problem-button" }, content, act)]);
  }
}

/** A text with its editor. */
class FilePanel {
  readonly root: HTMLElement;
  readonly #kind: FileTab;
  readonly #catalogue: Catalogue;
  readonly #edited: (text: string) => void;
  readonly #host = element("div", { class: "editor" });
  readonly #note = element("p", { class: "quiet editor-note" });
  readonly #revert: HTMLButtonElement;
  #editor: Promise<Editor> | undefined;
  #opened: Editor | undefined;
  #marked: readonly Problem[] = [];

  constructor(kind: FileTab, catalogue: Catalogue, edited: (text: string) => void, change: Change) {
    this.#kind = kind;
    this.#catalogue = catalogue;
    this.#edited = edited;
    this.#revert = button({ class: "quiet-button" }, ["Back to the built-in"], () =>
      change(`revert ${kind}`, (state) => ({ ...state, [kind]: { name: state[kind].name } })),
    );
    this.root = element("div", { class: "file-panel" }, [
      element("div", { class: "editor-head" }, [this.#note, this.#revert]),
      this.#host,
      element("p", { class: "quiet editor-hint" }, [
        "Ctrl+Space proposes what fits; Escape, then Tab leaves the editor.",
      ]),
    ]);
  }

  show(state: PlayState): void {
    const { name, text } = state[this.#kind];
    const isBuiltIn = this.#builtIn(name) !== undefined;
    this.#note.textContent =
      text === undefined ? `${name}, as it comes with rtmm` : isBuiltIn ? `${name}, edited` : "a file of yours";
    this.#revert.hidden = text === undefined || !isBuiltIn;
    // While somebody types, the state is behind.
    if (this.#opened !== undefined && !this.#host.contains(document.activeElement))
      this.#opened.text = this.#textOf(state);
  }

  async open(state: PlayState, problems: readonly Problem[]): Promise<void> {
    const first = this.#editor === undefined;
    this.#editor ??= this.#load(state);
    this.#opened = await this.#editor;
    if (first) this.mark(problems.filter(({ file }) => file === fileNames[this.#kind]));
    this.#opened.refresh();
  }

  mark(problems: readonly Problem[]): void {
    if (problems.length === 0 && this.#marked.length === 0) return;
    this.#marked = problems;
    this.#opened?.mark(problems);
  }

  goTo(line: number, column: number): void {
    this.#opened?.goTo(line, column);
  }

  async #load(state: PlayState): Promise<Editor> {
    const { Editor: Loaded } = await import("./editor.ts");
    const label = `Text of ${fileNames[this.#kind]}`;
    const options = { kind: this.#kind, label, names: this.#catalogue, edited: this.#edited };
    return new Loaded(this.#host, this.#textOf(state), options);
  }

  #textOf(state: PlayState): string {
    const { name, text } = state[this.#kind];
    return text ?? this.#builtIn(name)?.text ?? "";
  }

  #builtIn(name: string) {
    const list = this.#kind === "scenario" ? this.#catalogue.scenarios : this.#catalogue.systems;
    return list.find((each) => each.name === name);
  }
}
