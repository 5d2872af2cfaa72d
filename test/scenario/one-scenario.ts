/** A scenario of given tasks, with small models beside it, for tests. */
export type Files = Readonly<Record<string, string>>;

export const models: Files = {
  "net.yaml": "name: net\nlayers: measured\n",
  "other.yaml": "name: other\nlayers: measured\n",
  "sub/other.yaml": "name: other\nlayers: measured\n",
};

/** Line 4 holds the first task. */
export const scenarioText = (tasks: string, rest = ""): string =>
  `name: s\ndurationMs: 1000\ntasks:\n${tasks.replace(/^/gm, "  ")}\n${rest}\n`;
