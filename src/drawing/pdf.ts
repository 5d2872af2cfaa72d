/** Turns SVG pictures into PDF: lines stay lines, and text stays text in a font that is embedded. */
import PDFDocument from "pdfkit";
import { type SvgElement, svgTree } from "./svg-tree.ts";

export interface PdfParts {
  /** A TrueType font. */
  readonly font: Uint8Array;
  readonly title: string;
  /** Points for each unit of the picture. */
  readonly scale: number;
}

type Document = InstanceType<typeof PDFDocument>;

/** The same picture gives the same bytes. */
export async function pdfOf(svg: string, { font, title, scale }: PdfParts): Promise<Uint8Array> {
  const picture = svgTree(svg);
  const [width, height] = viewBox(picture);
  const document = new PDFDocument({
    size: [width * scale, height * scale],
    margin: 0,
    // Without a font of its own; null is not in the types.
    font: null as unknown as string,
    info: { Title: title, Producer: "rtmm", Creator: "rtmm", CreationDate: new Date(0) },
  });
  const chunks: Uint8Array[] = [];
  document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on("end", resolve).on("error", reject));
  document.scale(scale).font(font as unknown as ArrayBuffer);
  const painter = new Painter(document, definitionsOf(picture));
  for (const child of picture.children) painter.draw(child);
  document.end();
  await ended;
  return joined(chunks);
}

function viewBox({ attributes }: SvgElement): readonly [number, number] {
  const [, , width, height] = (attributes.viewBox ?? "").split(/[ ,]+/).map(Number);
  return [width!, height!];
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Clips and patterns, by id. */
function definitionsOf(element: SvgElement): ReadonlyMap<string, SvgElement> {
  const found = new Map<string, SvgElement>();
  const visit = (each: SvgElement): void => {
    if (each.attributes.id !== undefined) found.set(each.attributes.id, each);
    each.children.forEach(visit);
  };
  visit(element);
  return found;
}

/** Draws what ECharts writes: groups, paths, rectangles and texts. */
class Painter {
  readonly #document: Document;
  readonly #definitions: ReadonlyMap<string, SvgElement>;

  constructor(document: Document, definitions: ReadonlyMap<string, SvgElement>) {
    this.#document = document;
    this.#definitions = definitions;
  }

  draw(element: SvgElement): void {
    const { name, attributes } = element;
    if (name === "defs") return;
    this.#document.save();
    transform(this.#document, attributes.transform);
    this.#clip(attributes["clip-path"]);
    if (name === "g" || name === "a") for (const child of element.children) this.draw(child);
    else if (name === "text") this.#text(element);
    else if (pathOf(element) !== undefined) this.#shape(element);
    this.#document.restore();
  }

  #clip(reference: string | undefined): void {
    const shapes = this.#definition(reference)?.children ?? [];
    for (const shape of shapes) {
      const path = pathOf(shape);
      if (path !== undefined) this.#document.path(path).clip();
    }
  }

  #shape(element: SvgElement): void {
    const { attributes } = element;
    const path = pathOf(element)!;
    const pattern = this.#definition(attributes.fill);
    if (pattern !== undefined) this.#pattern(path, pattern);
    const fill = pattern === undefined ? paint(attributes.fill ?? "#000000") : undefined;
    // A line without width is no line in SVG, and the thinnest one in PDF.
    const stroke = number(attributes["stroke-width"], 1) === 0 ? undefined : paint(attributes.stroke);
    const document = this.#document;
    if (fill !== undefined) document.fillColor(fill, opacity(attributes, "fill-opacity"));
    if (stroke !== undefined) this.#stroke(stroke, attributes);
    if (fill === undefined && stroke === undefined) return;
    document.path(path);
    if (fill === undefined) document.stroke();
    else if (stroke === undefined) document.fill();
    else document.fillAndStroke();
  }

  #stroke(color: string, attributes: SvgElement["attributes"]): void {
    const document = this.#document;
    document.strokeColor(color, opacity(attributes, "stroke-opacity")).lineWidth(number(attributes["stroke-width"], 1));
    const dashes = (attributes["stroke-dasharray"] ?? "")
      .split(/[ ,]+/)
      .map(Number)
      .filter((each) => each > 0);
    // pdfkit's types know one length; it takes a list.
    if (dashes.length > 0) (document.dash as (lengths: number | number[], options?: object) => Document)(dashes);
    if (attributes["stroke-linecap"] === "round") document.lineCap("round");
    if (attributes["stroke-linejoin"] === "round" || attributes["stroke-linejoin"] === "bevel")
      document.lineJoin(attributes["stroke-linejoin"]);
  }

  /** Tiles over the box of a shape, cut to it. */
  #pattern(path: string, { attributes, children }: SvgElement): void {
    const document = this.#document;
    const [width, height] = [number(attributes.width, 1), number(attributes.height, 1)];
    document.save().path(path).clip();
    const box = boxOf(path);
    const [x, y] = [number(attributes.x, 0), number(attributes.y, 0)];
    transform(document, attributes.patternTransform);
    // A turned pattern has to cover the box from every side.
    const angle = Number(/rotate\(([-\d.]+)/.exec(attributes.patternTransform ?? "")?.[1] ?? 0);
    const area = turnedBox(box, -angle, translationOf(attributes.patternTransform));
    for (let column = Math.floor((area.left - x) / width); x + column * width < area.right; column += 1)
      for (let row = Math.floor((area.top - y) / height); y + row * height < area.bottom; row += 1) {
        document.save().translate(x + column * width, y + row * height);
        document.rect(0, 0, width, height).clip();
        for (const child of children) this.draw(child);
        document.restore();
      }
    document.restore();
  }

  #text({ attributes, text }: SvgElement): void {
    if (text === "") return;
    const document = this.#document;
    const color = paint(attributes.fill ?? "#000000");
    if (color === undefined) return;
    document.fontSize(number(attributes["font-size"], 12)).fillColor(color, opacity(attributes, "fill-opacity"));
    const width = document.widthOfString(text);
    const shift = { middle: width / 2, end: width }[attributes["text-anchor"] ?? "start"] ?? 0;
    const baseline = attributes["dominant-baseline"] === "central" ? "svg-central" : "alphabetic";
    const [x, y] = [number(attributes.x, 0) - shift, number(attributes.y, 0)];
    document.text(text, x, y, { lineBreak: false, baseline });
  }

  #definition(reference: string | undefined): SvgElement | undefined {
    const id = /^url\(#(.*)\)$/.exec(reference ?? "")?.[1];
    return id === undefined ? undefined : this.#definitions.get(id);
  }
}

const number = (text: string | undefined, other: number): number =>
  text === undefined ? other : Number.parseFloat(text);

/** undefined: nothing is painted. */
const paint = (color: string | undefined): string | undefined => {
  if (color === undefined || color === "none" || color === "transparent" || color.startsWith("url(")) return undefined;
  const channels = /^rgb\((\d+), *(\d+), *(\d+)\)$/.exec(color)?.slice(1);
  return channels === undefined
    ? color
    : `#${channels.map((each) => Number(each).toString(16).padStart(2, "0")).join("")}`;
};

const opacity = (attributes: SvgElement["attributes"], name: string): number =>
  number(attributes[name], 1) * number(attributes.opacity, 1);

/** The data of a path or a rectangle; undefined for other elements. */
function pathOf({ name, attributes }: SvgElement): string | undefined {
  if (name === "path") return attributes.d;
  if (name === "polyline" || name === "polygon") {
    const points = (attributes.points ?? "").trim().split(/[ ,]+/);
    const pairs = points.flatMap((x, index) => (index % 2 === 0 ? [`${x} ${points[index + 1]}`] : []));
    return `M${pairs.join("L")}${name === "polygon" ? "Z" : ""}`;
  }
  if (name === "circle") {
    const [x, y, r] = [attributes.cx, attributes.cy, attributes.r].map((each) => number(each, 0)) as [
      number,
      number,
      number,
    ];
    return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
  }
  if (name === "line")
    return `M${attributes.x1 ?? 0} ${attributes.y1 ?? 0}L${attributes.x2 ?? 0} ${attributes.y2 ?? 0}`;
  if (name !== "rect") return undefined;
  const [x, y, width, height] = [attributes.x, attributes.y, attributes.width, attributes.height].map((each) =>
    number(each, 0),
  );
  return `M${x} ${y}h${width}v${height}h${-width!}Z`;
}

/** `translate`, `rotate` (of the origin), `scale` and `matrix`, in their order. */
function transform(document: Document, text: string | undefined): void {
  for (const [, kind, list] of (text ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = list!.trim().split(/[ ,]+/).map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
    if (kind === "translate") document.translate(a, b);
    else if (kind === "rotate") document.rotate(a);
    else if (kind === "scale") document.scale(a, values.length > 1 ? b : a);
    else if (kind === "matrix") document.transform(a, b, c, d, e, f);
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around a path of absolute or relative lines, which is what is filled with a pattern. */
function boxOf(path: string): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  let [x, y] = [0, 0];
  const reach = (): void => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  };
  for (const [, command, list] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const values = (list!.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
    const size = { m: 2, l: 2, h: 1, v: 1, c: 6, a: 7, q: 4 }[command!.toLowerCase()] ?? 0;
    for (let at = 0; size > 0 && at + size <= values.length; at += size) {
      const isRelative = command === command!.toLowerCase();
      const last = values.slice(at, at + size);
      const [baseX, baseY] = isRelative ? [x, y] : [0, 0];
      if (command!.toLowerCase() === "h") x = baseX + last[0]!;
      else if (command!.toLowerCase() === "v") y = baseY + last[0]!;
      else [x, y] = [baseX + last.at(-2)!, baseY + last.at(-1)!];
      reach();
    }
  }
  return box;
}

const translationOf = (text: string | undefined): readonly [number, number] => {
  const values = /translate\(([^)]*)\)/
    .exec(text ?? "")?.[1]
    ?.split(/[ ,]+/)
    .map(Number);
  return [values?.[0] ?? 0, values?.[1] ?? 0];
};

/** The box around a box that is moved back and turned. */
function turnedBox({ left, top, right, bottom }: Box, degrees: number, [dx, dy]: readonly [number, number]): Box {
  const angle = (degrees * Math.PI) / 180;
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([x, y]) => [
    (x! - dx) * Math.cos(angle) - (y! - dy) * Math.sin(angle),
    (x! - dx) * Math.sin(angle) + (y! - dy) * Math.cos(angle),
  ]);
  const [xs, ys] = [corners.map(([x]) => x!), corners.map(([, y]) => y!)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}
