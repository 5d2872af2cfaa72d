/** Plain values as YAML in one line, such as `{ id: ws, pes: 2048 }`. */

/** Words that YAML 1.1 takes for something else than text, and text that begins like a number. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\w.-]*$/i;

/** Of text, numbers, switches, null, lists and mappings. */
export function yamlFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlFlow).join(", ")}]`;
  if (typeof value === "string") return PLAIN.test(value) ? value : JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{ ${fields.map(([key, each]) => `${yamlFlow(key)}: ${yamlFlow(each)}`).join(", ")} }`;
}

/** A mapping with a line for each key, and for each entry of the lists that are named. Line end included. */
export function yamlLines(fields: Readonly<Record<string, unknown>>, lists: readonly string[]): string {
  const lines = Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (!lists.includes(key) || !Array.isArray(value)) return [`${yamlFlow(key)}: ${yamlFlow(value)}`];
    return [`${yamlFlow(key)}:`, ...value.map((entry) => `  - ${yamlFlow(entry)}`)];
  });
  return `${lines.join("\n")}\n`;
}
