/** What the cursor is at in a YAML text that is being written: in which mapping or list, at a key or at a value. */
import { isMap, isPair, isScalar, type Node, type Pair, parseDocument, visit, type YAMLMap } from "yaml";
import type { Path } from "../../input/parsed-file.ts";

export interface CursorPlace {
  /** Of the mapping or list that the cursor is in. */
  readonly path: Path;
  /** `item`: of a list. */
  readonly at: "key" | "value" | "item";
  /** Of the value; of a key what is written of it. */
  readonly key: string | undefined;
  /** The word that is being written, as offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** Keys of the same mapping, without the one at the cursor. */
  readonly siblings: readonly string[];
  /** The whole text as a value, as far as it can be read. */
  readonly value: unknown;
}

/** Stands where the cursor is, in a letter that no file has. */
const MARK = "\ue000";
/** Larger files would make typing slow. */
const MOST_TEXT = 200_000;

/** undefined: at no place, such as in a comment. */
export function cursorPlace(text: string, offset: number): CursorPlace | undefined {
  if (text.length > MOST_TEXT) return undefined;
  const { from, to } = wordAt(text, offset);
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const before = text.slice(lineStart, from);
  if (/(^|\s)#/.test(before)) return undefined;
  const rest = text.slice(to, lineEnd(text, to));
  // Alone in its line, a word may become a key: with a colon it is read as one.
  const isAlone = /^\s*(- +)*$/.test(before) && /^\s*(#.*)?$/.test(rest);
  const marked = text.slice(0, from) + MARK + (isAlone ? ":" : "") + text.slice(to);
  return placeOfMark(marked, { from, to, written: text.slice(from, to) });
}

/** Of letters, digits and what names have beside them. */
export function wordAt(text: string, offset: number): { readonly from: number; readonly to: number } {
  const isPart = (letter: string | undefined): boolean => letter !== undefined && /[\w.-]/.test(letter);
  let [from, to] = [offset, offset];
  while (isPart(text[from - 1])) from -= 1;
  while (isPart(text[to])) to += 1;
  // A dash before a blank begins an entry of a list.
  if (text.slice(from, to) === "-") return { from: offset, to: offset };
  return { from, to };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

interface Word {
  readonly from: number;
  readonly to: number;
  readonly written: string;
}

function placeOfMark(marked: string, { from, to, written }: Word): CursorPlace | undefined {
  const document = parseDocument(marked, { prettyErrors: false, logLevel: "silent", strict: false, uniqueKeys: false });
  let place: CursorPlace | undefined;
  visit(document, {
    Scalar(role, node, ancestors) {
      if (typeof node.value !== "string" || !node.value.includes(MARK)) return undefined;
      const path = pathOf(ancestors as readonly Step[], node);
      const pair = ancestors.at(-1);
      const common = { from, to, value: plain(document.toJS({ maxAliasCount: 100 })) };
      if (role === "key") place = { ...common, path, at: "key", key: written, siblings: siblingsOf(ancestors.at(-2)) };
      else if (isPair(pair))
        place = {
          ...common,
          path: path.slice(0, -1),
          at: "value",
          key: keyText(pair),
          siblings: siblingsOf(ancestors.at(-2)),
        };
      else place = { ...common, path: path.slice(0, -1), at: "item", key: undefined, siblings: [] };
      return visit.BREAK;
    },
  });
  return place;
}

type Step = Node | Pair | { readonly contents: unknown };

/** Keys and indexes down to a node; for a key, to the mapping that has it. */
function pathOf(ancestors: readonly Step[], node: Node): Path {
  const path: (string | number)[] = [];
  for (const [depth, step] of ancestors.entries()) {
    const inner = ancestors[depth + 1] ?? node;
    if (isPair(step)) {
      if (step.key !== inner) path.push(keyText(step));
    } else if ("items" in step && Array.isArray(step.items) && !isMap(step)) path.push(step.items.indexOf(inner));
  }
  return path;
}

const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : "");

const siblingsOf = (map: unknown): readonly string[] =>
  isMap(map) ? (map as YAMLMap).items.map(keyText).filter((key) => key !== "" && !key.includes(MARK)) : [];

/** Without the mark: what it stands for is not known yet. */
function plain(value: unknown): unknown {
  if (typeof value === "string" && value.includes(MARK)) return undefined;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
