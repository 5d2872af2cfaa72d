/** The elements of an XML text with their attributes, each with its place. */
import { XMLValidator } from "fast-xml-parser";
import type { Place, Reporter } from "../reporter.ts";

export interface Element {
  readonly name: Place;
  readonly attributes: ReadonlyMap<string, Place>;
  /** Names of the elements around it, outermost first. */
  readonly inside: readonly string[];
}

const tag = /<(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** In the order of the text; none after a problem. Comments, CDATA and text between elements are passed over. */
export function readElements(text: string, reporter: Reporter): readonly Element[] {
  const plain = text.replace(/^\uFEFF/, "");
  const valid = XMLValidator.validate(plain.trimStart());
  if (valid !== true) {
    const { line, col, msg } = valid.err;
    const skipped = plain.slice(0, plain.length - plain.trimStart().length).split("\n").length - 1;
    reporter.report({ text: "", line: line + skipped, column: col ?? 1 }, "XML_SYNTAX", `not valid XML: ${msg}`);
    return [];
  }
  return elementsIn(blanked(plain));
}

/** Without comments, CDATA, declarations and instructions; lines and columns stay. */
const blanked = (text: string): string =>
  text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>/g, (part) =>
    part.replace(/[^\r\n]/g, " "),
  );

function elementsIn(text: string): Element[] {
  const placeOf = placeFinder(text);
  const elements: Element[] = [];
  const open: string[] = [];
  for (const match of text.matchAll(tag)) {
    const [whole, closes, name, attributes, isEmpty] = match as unknown as [string, string, string, string, string];
    if (closes !== "") {
      open.pop();
      continue;
    }
    const start = match.index + whole.indexOf(attributes, 1 + name.length);
    elements.push({
      name: placeOf(match.index + 1, name),
      attributes: attributesIn(attributes, start, placeOf),
      inside: [...open],
    });
    if (isEmpty === "") open.push(name);
  }
  return elements;
}

type PlaceOf = (offset: number, text: string) => Place;

function attributesIn(text: string, start: number, placeOf: PlaceOf): ReadonlyMap<string, Place> {
  const attributes = new Map<string, Place>();
  for (const match of text.matchAll(attribute)) {
    const value = match[2] ?? match[3] ?? "";
    const offset = start + match.index + match[0].length - value.length - 1;
    attributes.set(match[1]!, { ...placeOf(offset, value), text: decoded(value) });
  }
  return attributes;
}

function placeFinder(text: string): PlaceOf {
  let [line, lineStart, seen] = [1, 0, 0];
  // Elements come in order, but attributes of one lie behind its name; offsets before the last one start anew.
  return (offset, found) => {
    if (offset < seen) [line, lineStart, seen] = [1, 0, 0];
    for (let next = text.indexOf("\n", seen); next !== -1 && next < offset; next = text.indexOf("\n", next + 1)) {
      line += 1;
      lineStart = next + 1;
    }
    seen = offset;
    return { text: found, line, column: offset - lineStart + 1 };
  };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
