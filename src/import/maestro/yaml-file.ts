/** A YAML file to write: lines with its schema and its source, then the document. */
import { Document, type Node } from "yaml";
import { printable } from "../../input/printable.ts";
import { fileName } from "./names.ts";

export interface ImportedFile {
  /** Kebab-case; the file is called `<name>.yaml`. */
  readonly name: string;
  readonly yaml: string;
}

export type Schema = "model" | "scenario" | "system";

/** Where the written files find the JSON Schemas: a path or URL without a slash at its end. */
export interface ImportOptions {
  readonly schemaFolder?: string;
}

export interface Heading {
  readonly schema: Schema;
  /** Names of the files read. */
  readonly sources: readonly string[];
}

type NamedValue = Readonly<Record<string, unknown>> & { readonly name: string };

/** Lines are never folded: one layer, one line. */
export function yamlFile(value: NamedValue, heading: Heading, options: ImportOptions): ImportedFile {
  const { schema, sources } = heading;
  const folder = options.schemaFolder ?? "../schema";
  const lines = [
    `# yaml-language-server: $schema=${folder}/${schema}.schema.json`,
    `# Imported from ${sources.map((source) => printable(fileName(source))).join(" and ")} (MAESTRO/XRBench text format).`,
  ];
  const body = new Document(value).toString({ lineWidth: 0 });
  return { name: value.name, yaml: `${lines.join("\n")}\n${body}` };
}

/** A mapping or list that yamlFile writes on one line, with a comment after it. */
export function onOneLine(value: object, comment?: string): Node {
  const node = new Document().createNode(value, { flow: true }) as Node;
  if (comment !== undefined) node.comment = ` ${printable(comment)}`;
  return node;
}
