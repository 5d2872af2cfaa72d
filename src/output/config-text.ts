/** Settings as a configuration file. */
import { jsonText } from "./json.ts";

export type ConfigFields = Readonly<Record<string, unknown>>;

export const configJson = (fields: ConfigFields): string => jsonText(fields);

/** `schemaFolder`: as seen from the folder of the file. */
export const configYaml = (fields: ConfigFields, schemaFolder: string): string =>
  yamlText({ schema: `${schemaFolder}/config.schema.json`, comment: "rtmm run --config <this file>" }, fields);

/** The lines above the fields. */
export interface YamlHeading {
  /** Path of the JSON Schema, for editors. */
  readonly schema: string;
  readonly comment: string;
}

/**
 * YAML: comments, then one line per field. JSON values are YAML, so text with special characters needs no extra rules.
 */
export function yamlText({ schema, comment }: YamlHeading, fields: ConfigFields): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${valueText(value)}`);
  return `# yaml-language-server: $schema=${schema}\n# ${comment}\n${lines.join("\n")}\n`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${keyText(key)}: ${valueText(each)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" && isPlain(value) ? value : JSON.stringify(value);
}

/** Places such as `accelerators[0].pes` need quotes inside of { }. */
const keyText = (key: string): string =>
  /^[A-Za-z_][\w.-]*$/.test(key) && !/^(true|false|null)$/i.test(key) ? key : JSON.stringify(key);

/** Kebab-case words and paths need no quotes, unless YAML would read them as something other than text. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z/.][A-Za-z0-9_./-]*$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n|[.]inf|[.]nan|[.-]+.*)$/i.test(text);
