/** Plain values from YAML nodes: bounded in size and depth, with shared aliases and plain keys. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { ProblemCode } from "./problem.ts";

/** Limit on values after alias expansion; a file of 20 MB without aliases stays below. */
const MOST_VALUES = 20_000_000;
/** Limit on the expanded values, as a multiple of the written ones. */
const MOST_GROWTH = 20;
const DEEPEST = 100;
const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export type ReportNode = (node: Node, code: ProblemCode, message: string) => void;

/** The value of a document; reported parts are undefined. */
export function plainValue(document: Document, report: ReportNode): unknown {
  return new Conversion(document, report).convert(document.contents as Node | null, 0);
}

class Conversion {
  readonly #document: Document;
  readonly #report: ReportNode;
  readonly #version: string | undefined;
  readonly #anchors = new Map<Node, { value: unknown; size: number }>();
  readonly #open = new Set<Node>();
  #written = 0;
  #expanded = 0;
  #isTooMany = false;

  constructor(document: Document, report: ReportNode) {
    this.#document = document;
    this.#report = report;
    this.#version = document.directives?.yaml.version;
  }

  convert(node: Node | null, depth: number): unknown {
    if (node === null) return null;
    if (isAlias(node)) return this.#alias(node);
    if (depth > DEEPEST) return this.#refuse(node, "TOO_DEEP", `nested more than ${DEEPEST} levels deep`);
    this.#written += 1;
    this.#expanded += 1;
    if (isScalar(node)) return this.#isAmbiguous(node) ? this.#refuseNumber(node) : this.#scalar(node);
    const before = this.#expanded;
    this.#open.add(node);
    const value = isMap(node) ? this.#map(node, depth) : isSeq(node) ? this.#list(node, depth) : undefined;
    this.#open.delete(node);
    if ((node as YAMLMap).anchor !== undefined) this.#anchors.set(node, { value, size: this.#expanded - before + 1 });
    return value;
  }

  #scalar({ type, source, value, tag }: Scalar): unknown {
    // yaml's !!float takes no whole number.
    if (typeof value === "string" && tag === "tag:yaml.org,2002:float" && decimal.test(value)) return Number(value);
    // To yaml's reader of 1.1, text such as e11 looks like a number, and dates are no text.
    if (type === "PLAIN" && Number.isNaN(value) && !/nan$/i.test(source ?? "")) return source;
    if (value instanceof Date && source !== undefined) return source;
    // Explicit tags may give buffers. No field takes one, and the schema can refuse them as text.
    return typeof value === "object" && value !== null
      ? String(value)
      : typeof value === "bigint"
        ? Number(value)
        : value;
  }

  /** 017 is 15 in YAML 1.1 and 17 in YAML 1.2. */
  #isAmbiguous({ type, source, value }: Scalar): boolean {
    if (type !== "PLAIN" || typeof value !== "number" || this.#version === "1.1") return false;
    return /^[-+]?0\d+$/.test(source ?? "");
  }

  #refuseNumber(node: Scalar): undefined {
    const { source, value } = node;
    return this.#refuse(
      node,
      "WRONG_TYPE",
      `${source} is octal to some readers; write ${value}, or "${source}" for text`,
    );
  }

  /** In the order of the file, because what a mapping merges may be an anchor in a value of its own. */
  #map(map: YAMLMap, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const own: [string, unknown][] = [];
    for (const pair of map.items) {
      const isMerged = isMergeKey(pair.key);
      const key = isMerged ? undefined : this.#key(pair.key as Node | null, map);
      const value = this.convert(pair.value as Node | null, depth + 1);
      if (isMerged) this.#merge(result, value, pair.value as Node | null);
      else if (key !== undefined) own.push([key, value]);
    }
    for (const [key, value] of own) define(result, key, value);
    return result;
  }

  /** YAML 1.1 merge keys: own keys come before merged ones, and of several mappings the earlier comes before the later. */
  #merge(into: Record<string, unknown>, value: unknown, from: Node | null): void {
    for (const part of Array.isArray(value) ? value : [value]) {
      // After a problem.
      if (part === undefined) continue;
      if (typeof part !== "object" || part === null || Array.isArray(part)) {
        this.#refuse(from!, "WRONG_TYPE", "<< takes a mapping, such as *name, or a list of mappings");
        return;
      }
      for (const [key, merged] of Object.entries(part)) if (!Object.hasOwn(into, key)) define(into, key, merged);
    }
  }

  #key(key: Node | null, map: YAMLMap): string | undefined {
    if (key === null || !isScalar(key) || key.value === null) return this.#refuseKey(key ?? map);
    return typeof key.value === "object" ? this.#refuseKey(key) : keyText(key);
  }

  #refuseKey(node: Node): undefined {
    return this.#refuse(node, "WRONG_TYPE", "a key must be a plain word");
  }

  #list(list: YAMLSeq, depth: number): unknown[] {
    return list.items.map((item) => this.convert(item as Node | null, depth + 1));
  }

  #alias(alias: Alias): unknown {
    const node = alias.resolve(this.#document);
    if (node === undefined) return this.#refuse(alias, "UNKNOWN_NAME", `no anchor &${alias.source} before this alias`);
    if (isScalar(node)) return this.#scalar(node);
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

/** A key as written: YAML 1.1 takes on, off and y for true and false. */
export const keyText = ({ type, source, value }: Scalar): string =>
  type === "PLAIN" && typeof value !== "number" ? String(source) : String(value);

/** A plain `<<`. In quotes it is a key like any other. */
export const isMergeKey = (key: unknown): boolean => isScalar(key) && key.type === "PLAIN" && key.source === "<<";

/** Defined, not assigned, so that a key named __proto__ stays a key. */
function define(result: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(result, key, { value, enumerable: true, writable: true, configurable: true });
}
