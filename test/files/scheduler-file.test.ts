/** The files that a user's policy is made of. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Library } from "../../src/files/library.ts";
import { findScheduler } from "../../src/run/find-scheduler.ts";
import { folderWith, importing } from "../cli/call.ts";

const pathsOf = async (name: string, library: Library): Promise<readonly string[]> =>
  (await findScheduler(name, library)).files.map(({ path }) => path);

test("are its own first, then what it imports by path, however far", async () => {
  const library = new Library(
    folderWith({
      ...importing,
      "lib/pick.js": 'export { pick } from "./deep.js";\n',
      "lib/deep.js": 'import "../mine.js";\nexport const pick = (list) => list[0];\n',
    }),
  );
  expect(await pathsOf("./mine.js", library)).toEqual(["mine.js", "lib/pick.js", "lib/deep.js"]);
  expect(await pathsOf("edf", library)).toEqual([]);
});

test("are those that can be followed: packages and what is known later are no fault of a run here", async () => {
  const pick = `import { inspect } from "node:util";
import { parse } from "yaml";
import("./nowhere.js").catch(() => inspect(parse));
import(\`./\${"data"}.json\`).catch(() => undefined);
export const pick = (list) => list[0];
`;
  const folder = folderWith({
    ...importing,
    "lib/pick.js": pick,
    "node_modules/yaml/package.json": '{ "main": "i.cjs" }',
    "node_modules/yaml/i.cjs": "exports.parse = 1;",
  });
  expect(await pathsOf("./mine.js", new Library(folder))).toEqual(["mine.js", "lib/pick.js"]);
});

test("are looked for once, however many runs ask", async () => {
  const folder = folderWith(importing);
  const library = new Library(folder);
  const first = await findScheduler("./mine.js", library);
  rmSync(join(folder, "lib"), { recursive: true });
  expect(await findScheduler("./mine.js", library)).toBe(first);
});

test.each([
  '{ kind: "choice", name: "how", summary: "", default: "fine", values: ["fine"] }',
  '{ kind: "choice", name: "how", summary: "", default: "fine", choices: ["coarse"] }',
  '{ kind: "number", name: "how", summary: "", default: "1" }',
  '{ kind: "integer", name: "how", summary: "", default: 1 }',
  "null",
])("of a policy with parameter %s are told what a parameter is", async (parameter) => {
  const text = `export default { name: "mine", summary: "", source: "", parameters: [${parameter}], create() {} };`;
  const found = findScheduler("./mine.js", new Library(folderWith({ "mine.js": text })));
  await expect(found).rejects.toThrow('mine.js: has a wrong "parameters": a list of parameters (may be empty), each');
});

test.each([
  ['{ kind: "number", name: "x", default: 3, max: 2 }', "beyond its range"],
  ['{ kind: "number", name: "x", default: 3, min: "0" }', "with a range in text"],
  ['{ kind: "number", name: "x-y", default: 3 }', "of a name that -p cannot take"],
  ['{ kind: "number", name: "x", default: 3 }, { kind: "text", name: "x", default: "" }', "twice of one name"],
])("a file whose parameter is %s is refused (%#: %s)", async (parameters) => {
  const text = `export default { name: "mine", summary: "", source: "", parameters: [${parameters}], create() {} };`;
  const found = new Library(folderWith({ "mine.js": text })).schedulerAt("mine.js");
  await expect(found).rejects.toThrow(
    "each name is there once and has letters and digits only; a number's default lies",
  );
});
