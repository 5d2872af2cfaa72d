/** The workflows of docs/ci.md: YAML that parses, and commands that rtmm has, with the options that they are given. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { call } from "../cli/call.ts";
import { repository } from "../repository.ts";

const page = readFileSync(join(repository, "docs/ci.md"), "utf8");
const workflows = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map((match) => match[1]!);

/** Every string anywhere in a value. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

test("the page has workflows for GitHub and GitLab", () => {
  expect(workflows).toHaveLength(3);
  expect(page).toContain('>> "$GITHUB_STEP_SUMMARY"');
  expect(page).toContain("junit: rtmm.xml");
});

const parsed = workflows.map((text) => parseDocument(text, { uniqueKeys: true, strict: true }));

test("every workflow is YAML without errors or warnings", () => {
  expect(parsed.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
});

const inWorkflows = parsed.flatMap((each) => stringsIn(each.toJS())).filter((text) => /^npx rtmm /.test(text));
const inText = [...page.matchAll(/^ {4}(rtmm [^ ].*?)(?: {2,}.*)?$/gm)].map((match) => match[1]!);
const commands = [...inWorkflows.map((text) => text.replace("npx ", "")), ...inText].map(
  (text) => text.split(" > ")[0]!,
);

test("there are commands to look at, of every kind", () => {
  const names = new Set(commands.map((text) => text.split(" ")[1]));
  expect(names).toEqual(new Set(["check", "sweep", "merge", "baseline"]));
});

describe.each(commands)("%s", (command) => {
  test("is a command with these options", async () => {
    const [, name, ...args] = command.split(" ");
    const { code, stdout } = await call(["help", name!]);
    expect(code).toBe(0);
    for (const option of args.filter((arg) => arg.startsWith("-")))
      expect(stdout).toMatch(new RegExp(`(^|[ ,])${option} `, "m"));
  });
});

test("options in the text are those of a command that the page is about", async () => {
  const helps = await Promise.all(["check", "baseline", "sweep", "merge"].map((name) => call(["help", name])));
  const known = helps.map(({ stdout }) => stdout).join("\n");
  const mentioned = new Set([...page.matchAll(/`(--[a-z-]+)/g)].map((match) => match[1]!));
  expect(mentioned.size).toBeGreaterThan(5);
  for (const option of mentioned) expect(known).toContain(option);
});
