/** Plain values from YAML nodes: bounded in size and depth, with shared aliases and plain keys. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { ProblemCode } from "./problem.ts";

/** Limit on values after alias expansion; a file of 20 MB without aliases stays below. */
const MOST_VALUES = 20_000_000;
/** Limit on the expanded values, as a multiple of the written ones. */
const MOST_GROWTH = 20;
const DEEPEST = 100;

export type ReportNode = (node: Node, code: ProblemCode, message: string) => void;

/** The value of a document; reported parts are undefined. */
export function plainValue(document: Document, report: ReportNode): unknown {
  return new Conversion(document, report).convert(document.contents as Node | null, 0);
}

class Conversion {
  readonly #document: Document;
  readonly #report: ReportNode;
  readonly #anchors = new Map<Node, { value: unknown; size: number }>();
  readonly #open = new Set<Node>();
  #written = 0;
  #expanded = 0;
  #isTooMany = false;

  constructor(document: Document, report: ReportNode) {
    this.#document = document;
    this.#report = report;
  }

  convert(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    if (isAlias(node)) return this.#alias(node);
    if (depth > DEEPEST) return this.#refuse(node, "TOO_DEEP", `nested more than ${DEEPEST} levels deep`);
    this.#written += 1;
    this.#expanded += 1;
    if (isScalar(node)) return this.#scalar(node.value);
    const before = this.#expanded;
    this.#open.add(node);
    const value = isMap(node) ? this.#map(node, depth) : isSeq(node) ? this.#list(node, depth) : undefined;
    this.#open.delete(node);
    if ((node as YAMLMap).anchor !== undefined) this.#anchors.set(node, { value, size: this.#expanded - before + 1 });
    return value;
  }

  #scalar(value: unknown): unknown {
    // Explicit tags may give dates or buffers. No field takes one, and the schema can refuse them as text.
    return typeof value === "object" && value !== null
      ? String(value)
      : typeof value === "bigint"
        ? Number(value)
        : value;
  }

  #map(map: YAMLMap, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const pair of map.items) {
      const key = this.#key(pair.key as Node | null, map);
      const value = this.convert(pair.value as Node | null, depth + 1);
      // Defined, not assigned, so that a key named __proto__ stays a key.
      if (key !== undefined)
        Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
    }
    return result;
  }

  #key(key: Node | null, map: YAMLMap): string | undefined {
    if (key !== null && isScalar(key) && key.value !== null && typeof key.value !== "object") return String(key.value);
    return this.#refuse(key ?? map, "WRONG_TYPE", "a key must be a plain word");
  }

  #list(list: YAMLSeq, depth: number): unknown[] {
    return list.items.map((item) => this.convert(item as Node | null, depth + 1));
  }

  #alias(alias: Alias): unknown {
    const node = alias.resolve(this.#document);
    if (node === undefined) return this.#refuse(alias, "UNKNOWN_NAME", `no anchor &${alias.source} before this alias`);
    if (isScalar(node)) return this.#scalar(node.value);
    if (this.#open.has(node)) return this.#refuse(alias, "CYCLE", `*${alias.source} is inside the value that it names`);
    const known = this.#anchors.get(node);
    this.#expanded += known?.size ?? 1;
    if (this.#isTooMany) return undefined;
    this.#isTooMany = this.#expanded > MOST_VALUES || this.#expanded > MOST_GROWTH * this.#written + 10_000;
    if (this.#isTooMany)
      return this.#refuse(alias, "TOO_MANY_ALIASES", `aliases expand to more than ${this.#expanded - 1} values`);
    return known?.value;
  }

  #refuse(node: Node, code: ProblemCode, message: string): undefined {
    this.#report(node, code, message);
    return undefined;
  }
}
