/** A YAML file to write: lines with its schema, its source and remarks, then the document. */
import { Document, type Node } from "yaml";
import { printable } from "../input/printable.ts";
import { fileName } from "./ids.ts";
import type { ImportedFile, ImportOptions } from "./imported.ts";

export type Schema = "model" | "scenario" | "system";

export interface Heading {
  readonly schema: Schema;
  /** Names of the files read. */
  readonly sources: readonly string[];
  /** What the sources are, such as `MAESTRO/XRBench text format`. */
  readonly format: string;
  /** Comments below the source, a line each. */
  readonly remarks?: readonly string[];
}

type NamedValue = Readonly<Record<string, unknown>> & { readonly name: string };

/** Lines are never folded: one layer, one line. */
export function yamlFile(value: NamedValue, heading: Heading, options: ImportOptions): ImportedFile {
  const { schema, sources, format, remarks = [] } = heading;
  const folder = options.schemaFolder ?? "../schema";
  const comments = [`Imported from ${sources.map(fileName).join(" and ")} (${format}).`, ...remarks];
  const lines = [
    `# yaml-language-server: $schema=${folder}/${schema}.schema.json`,
    ...comments.map((comment) => `# ${printable(comment)}`),
  ];
  const body = new Document(value).toString({ lineWidth: 0 });
  return { kind: schema, name: value.name, fileName: `${value.name}.yaml`, text: `${lines.join("\n")}\n${body}` };
}

/** A mapping or list that yamlFile writes on one line, with a comment after it. */
export function onOneLine(value: object, comment?: string): Node {
  const node = new Document().createNode(value, { flow: true }) as Node;
  if (comment !== undefined) node.comment = ` ${printable(comment)}`;
  return node;
}
