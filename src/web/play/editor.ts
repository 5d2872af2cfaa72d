/** A text editor with completion, descriptions on hover, and marks at problems. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "../../input/problem.ts";
import {
  type CompletionContext as Context,
  type KnownNames,
  keyDescription,
  type Proposal,
  proposals,
} from "../../playground/completion/completions.ts";
import { cursorPlace } from "../../playground/completion/cursor-place.ts";
import { element } from "../common/elements.ts";
import { schemas } from "./schemas.js";

export type TextKind = "scenario" | "system";

export interface EditorOptions {
  readonly kind: TextKind;
  readonly label: string;
  readonly names: KnownNames;
  edited(text: string): void;
}

export class Editor {
  readonly #view: EditorView;
  /** Whether a change comes from the page and not from the user. */
  #isSetting = false;

  /** In a shadow root: there the editor's styles need no style element, which the page's policy forbids. */
  constructor(host: HTMLElement, text: string, options: EditorOptions) {
    const root = host.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: text, extensions: this.#extensions(options) }),
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Keeps the cursor if the text is the same. */
  set text(text: string) {
    if (text === this.text) return;
    this.#isSetting = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#isSetting = false;
  }

  /** Those of this file. */
  mark(problems: readonly Problem[]): void {
    const diagnostics = problems.flatMap((problem) => this.#diagnostic(problem));
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Puts the cursor there. From 1. */
  goTo(line: number, column: number): void {
    const at = this.#offset(line, column);
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.#view.focus();
  }

  /** After it has become visible. */
  refresh(): void {
    this.#view.requestMeasure();
  }

  #offset(line: number, column: number): number {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
    return Math.min(from + column - 1, to);
  }

  #diagnostic({ line, column, message, severity, frame }: Problem): readonly Diagnostic[] {
    if (line === undefined || column === undefined) return [];
    const from = this.#offset(line, column);
    const { to: lineTo } = this.#view.state.doc.lineAt(from);
    const to = Math.max(from, Math.min(lineTo, from + markedLength(frame)));
    return [{ from, to, severity, message }];
  }

  #extensions({ kind, label, names, edited }: EditorOptions): Extension {
    return [
      lineNumbers(),
      history(),
      drawSelection(),
      EditorView.lineWrapping,
      indentOnInput(),
      indentUnit.of("  "),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      lintGutter(),
      EditorState.tabSize.of(2),
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      yaml(),
      schemaSupport(kind, names),
      syntaxHighlighting(highlighting),
      look,
      EditorView.contentAttributes.of({
        "aria-label": label,
        spellcheck: "false",
        tabindex: "0",
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#isSetting) edited(update.state.doc.toString());
      }),
    ];
  }
}

/** As many as there are carets below the line of a problem. */
const markedLength = (frame: string): number => /\^+$/.exec(frame)?.[0].length ?? 1;

function schemaSupport(kind: "scenario" | "system", names: KnownNames): Extension {
  const context: Context = { schemas, file: `${kind}.schema.json`, names };
  return [
    autocompletion({ override: [(asked) => completed(asked, context)], icons: false, activateOnTyping: true }),
    hoverTooltip((view, position) => described(view, position, context)),
  ];
}

function completed({ state, pos, explicit }: CompletionContext, context: Context): CompletionResult | null {
  const text = state.doc.toString();
  const place = cursorPlace(text, pos);
  if (place === undefined) return null;
  const isWriting = place.from < pos || /[:{[,] $/.test(text.slice(Math.max(0, pos - 2), pos));
  if (!explicit && !isWriting) return null;
  const { from, to, options } = proposals(place, context);
  if (options.length === 0) return null;
  return { from, to, options: options.map(completionOf), validFor: /^[\w.-]*$/ };
}

const completionOf = ({ label, text, kind, detail, description }: Proposal): Completion => ({
  label,
  type: kind,
  apply: text,
  ...(detail !== "" && { detail }),
  ...(description !== "" && { info: () => element("div", {}, [description]) }),
});

function described(view: EditorView, position: number, context: Context) {
  const place = cursorPlace(view.state.doc.toString(), position);
  const description = place === undefined ? undefined : keyDescription(place, context);
  if (place === undefined || description === undefined || place.from === place.to) return null;
  const content = element("div", { class: "cm-description" }, [element("b", {}, [place.key ?? ""]), ` ${description}`]);
  return { pos: place.from, end: place.to, above: true, create: () => ({ dom: content }) };
}

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-key)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet-text)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--code-keyword)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--background)", fontSize: "13px", height: "100%" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet-text)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--raised)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--background)",
    color: "var(--text)",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    boxShadow: "0 6px 20px rgb(0 0 0 / 0.18)",
    maxWidth: "min(440px, 90vw)",
  },
  ".cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--focus)", color: "var(--background)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85", marginLeft: "1em" },
  ".cm-completionInfo, .cm-description": { padding: "6px 10px", fontFamily: "var(--font)", fontSize: "13px" },
  ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: "13px" },
});
