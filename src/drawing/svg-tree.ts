/** SVG as it is drawn here, as a tree. */
import { XMLParser } from "fast-xml-parser";

export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  /** Of its own text nodes. */
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

/** The `svg` element. */
export function svgTree(svg: string): SvgElement {
  const elements = (parser.parse(svg) as readonly Node[]).flatMap(elementsOf);
  return elements.find(({ name }) => name === "svg")!;
}

const ATTRIBUTES = ":@";
const TEXT = "#text";
type Node = Readonly<Record<string, unknown>>;

function elementsOf(node: Node): readonly SvgElement[] {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name === TEXT || name.startsWith("?")) return [];
  const nodes = node[name] as readonly Node[];
  return [
    {
      name,
      attributes: (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>,
      children: nodes.flatMap(elementsOf),
      text: nodes.map((each) => (TEXT in each ? String(each[TEXT]) : "")).join(""),
    },
  ];
}
