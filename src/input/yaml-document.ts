/** A YAML file as a value with the line and column of every part. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLParseError,
} from "yaml";
import { type ParsedFile, type Path, placer, type Range, type Side } from "./parsed-file.ts";
import type { ProblemCode } from "./problem.ts";
import type { ProblemList } from "./problem-list.ts";
import { isMergeKey, keyText, plainValue } from "./yaml-value.ts";

/** Parses one document; undefined after problems were reported. */
export function parseYaml(file: string, text: string, problems: ProblemList): ParsedFile | undefined {
  const place = placer(file, text);
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: "silent", uniqueKeys: isSameKey });
  const document = ("empty" in documents ? undefined : documents[0]) as Document.Parsed | undefined;
  if (document === undefined || (documents.length === 1 && document.errors.length === 0 && isBlank(document))) {
    problems.add({ ...place([0, 0], "EMPTY_FILE", "the file is empty"), line: 1, column: 1 });
    return undefined;
  }
  const errors = telling(documents.flatMap((each) => each.errors));
  for (const error of errors) if (!problems.isFull) problems.add(place(error.pos, ...syntaxProblem(error, text)));
  if (documents[1] !== undefined)
    problems.add(
      place(startOf(documents[1]), "SEVERAL_DOCUMENTS", "a file has one document; remove the --- and what follows"),
    );
  if (errors.length > 0 || documents.length > 1) return undefined;
  let isWhole = true;
  const value = plainValue(document, (node, code, message) => {
    isWhole = false;
    problems.add(place(rangeOf(node), code, message));
  });
  if (!isWhole) return undefined;
  const problem: ParsedFile["problem"] = (path, side, code, message, severity) =>
    place(locate(document, path, side), code, message, severity);
  return { value, problem };
}

/** Only comments, or only a document start. */
const isBlank = ({ contents }: Document.Parsed): boolean =>
  contents === null || (isScalar(contents) && isEmpty(contents));

/** If the parser gave up, its other errors are meaningless. */
function telling<E extends { readonly code: string }>(errors: readonly E[]): readonly E[] {
  const exhausted = errors.find((error) => error.code === "RESOURCE_EXHAUSTION");
  return exhausted === undefined ? errors : [exhausted];
}

function syntaxProblem({ code, message, pos }: YAMLParseError, text: string): [ProblemCode, string] {
  if (code === "DUPLICATE_KEY") {
    const hint = text.startsWith("<<", pos[0]) ? "; merge several with <<: [*a, *b]" : "";
    return ["DUPLICATE_KEY", `this key is already given above${hint}`];
  }
  if (code === "RESOURCE_EXHAUSTION") return ["TOO_DEEP", "nested too deep"];
  const plain = message.split("\n")[0]!;
  return [
    "YAML_SYNTAX",
    `not valid YAML: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}${syntaxHint(code, pos[0], text)}`,
  ];
}

/** What to write, where the line shows it: the parser knows only what it did not expect. */
function syntaxHint(code: string, position: number, text: string): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  const line = text.slice(start).split("\n", 1)[0]!;
  if (line.includes("\u00a0")) return "; the line has a no-break space, which is none to YAML";
  if (code === "TAB_AS_INDENT") return "; use blanks";
  if (code === "BAD_SCALAR_START") return "; put the text in quotes";
  // The [ in a place such as accelerators[0].pes begins a list here.
  if (code === "MISSING_CHAR" && text[position] === "[") return "; in braces, a key with [ in it needs quotes";
  if (code === "MULTILINE_IMPLICIT_KEY" && /^[\s-]*[\w.-]+:\S/.test(line))
    return "; a key needs a blank after its colon";
  if (code === "BLOCK_AS_IMPLICIT_KEY" && /: .*: /.test(line))
    return "; text with a colon and a blank in it needs quotes";
  return "";
}

const startOf = (document: Document.Parsed): Range => [document.range[0], document.range[0] + 3];

/** Excludes trailing blanks and comments: yaml's second offset is the end of the value. */
function rangeOf(node: Node): Range {
  return node.range ? [node.range[0], node.range[1]] : [0, 0];
}

function locate(document: Document, path: Path, side: Side): Range {
  let node = document.contents as Node | null;
  let range: Range = node === null ? [0, 0] : startMark(node);
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    const parent = resolved(node, document);
    const pair = isMap(parent) ? pairAt(parent, String(step), document) : undefined;
    if (pair !== undefined) {
      node = pair.value as Node | null;
      const key = rangeOf(pair.key as Node);
      range = (isLast && side === "key") || node === null || isEmpty(node) ? key : startMark(node);
      continue;
    }
    const item = isSeq(parent) ? (parent.items[Number(step)] as Node | undefined) : undefined;
    if (item === undefined) return range;
    node = item;
    range = startMark(node);
  }
  return range;
}

const resolved = (node: Node | null | undefined, document: Document): Node | null =>
  (isAlias(node) ? node.resolve(document) : node) ?? null;

/** The mapping's own pair, or one that it merges. */
function pairAt(map: YAMLMap, key: string, document: Document): Pair | undefined {
  const own = map.items.find((pair) => !isMergeKey(pair.key) && keyOf(pair) === key);
  if (own !== undefined) return own;
  for (const { key: written, value } of map.items) {
    if (!isMergeKey(written)) continue;
    const source = resolved(value as Node | null, document);
    for (const part of isSeq(source) ? source.items : [source]) {
      const merged = resolved(part as Node | null, document);
      const pair = isMap(merged) ? pairAt(merged, key, document) : undefined;
      if (pair !== undefined) return pair;
    }
  }
  return undefined;
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? keyText(key) : "");

const isSameKey = (a: Node, b: Node): boolean => a === b || (isScalar(a) && isScalar(b) && keyText(a) === keyText(b));

const isEmpty = (node: Node): boolean => rangeOf(node)[0] === rangeOf(node)[1];

/** Marks a whole scalar, but a list or mapping only at its start. */
function startMark(node: Node): Range {
  const [start, end] = rangeOf(node);
  if (isMap(node) && node.flow !== true) {
    const first = node.items[0]?.key as Node | undefined;
    return first?.range ? rangeOf(first) : [start, start + 1];
  }
  return isMap(node) || isSeq(node) ? [start, start + 1] : [start, end];
}
