/**
 * Every `$ rtmm …` in a ```console block of README and docs/ is run from the repository's root, and what it prints on
 * stdout is compared with the lines below it. A line `…` stands for any number of lines. Those of a page with the line
 * `<!-- commands write files -->` are run one after the other in a folder that is empty at first; there, a block whose first
 * line is a comment with a file's name is written to that file, and a block below `<!-- file: name -->` is a file as well.
 * Sweeps have one thread: their number changes no output, and threads take long to start. Quotes keep blanks in a word.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, folderWith } from "../cli/call.ts";
import { repository } from "../repository.ts";

const pages = ["README.md", ...readdirSync(join(repository, "docs")).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith(".md"),
);

interface Example {
  readonly command: string;
  /** Files that the page has shown since the command before, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

function examplesIn(page: string): readonly Example[] {
  const text = readFileSync(join(repository, page), "utf8");
  let files: Record<string, string> = {};
  return [...text.matchAll(/^```(console|js|python)\n(.*?)^```/gms)].flatMap(([, kind, block]) => {
    if (kind !== "console") {
      const [, name] = /^(?:\/\/|#) (\S+[.]\w+)\n/.exec(block!) ?? [];
      if (name !== undefined) files[name] = block!;
      return [];
    }
    return block!
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command, ...expected] = part.trimEnd().split("\n");
        const before = files;
        files = {};
        return { command: command!, expected, files: before };
      });
  });
}

function filesIn(page: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(repository, page), "utf8");
  const blocks = text.matchAll(/^<!-- file: (\S+) -->\n\n?```\w*\n(.*?)^```/gms);
  return Object.fromEntries([...blocks].map(([, name, content]) => [name!, content!]));
}

const examples = pages.flatMap((page) => {
  const cwd = readFileSync(join(repository, page), "utf8").includes("\n<!-- commands write files -->\n")
    ? folderWith(filesIn(page))
    : repository;
  return examplesIn(page).map((example) => ({ page, cwd, ...example }));
});
const runnable = examples.filter(({ command }) => command.startsWith("rtmm "));

test("README shows commands with their output", () => {
  expect(runnable.filter(({ page }) => page === "README.md").length).toBeGreaterThan(2);
});

describe.each(runnable)("$page: $command", ({ command, cwd, files, expected }) => {
  test("prints what the page shows", async () => {
    if (cwd !== repository) for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const words = wordsOf(command).slice(1);
    const { code, stdout } = await call(words[0] === "sweep" ? [...words, "-j", "1"] : words, { cwd });
    expect(code).toBe(0);
    if (expected.length > 0) expect(stdout.trimEnd()).toMatch(patternOf(expected));
  });
});

const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(([word, double, single]) => double ?? single ?? word);

function patternOf(lines: readonly string[]): RegExp {
  const escaped = lines.map((line) => (line === "…" ? "[\\s\\S]*" : line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${escaped.join("\\n")}$`);
}
